"""Reports in the words of newsrooms and event coders: where, what, and how many died."""

from __future__ import annotations

import pytest

import geosec

PUBLISHED = "2025-03-12"
REPORTS = [
    (
        (
            "On 4 March 2021, militants attacked a security forces' check post in the Spinwam area "
            "of North Waziristan, killing two soldiers and injuring one."
        ),
        [("Spinwam", "Battles", 2)],
    ),
    (
        (
            "On 12 May 2019, Pakistani security forces clashed with TTP militants near Datta Khel. "
            "Three militants and one soldier were killed."
        ),
        [("Datta Khel", "Battles", 4)],
    ),
    (
        (
            "Unidentified gunmen on motorbike shot and killed a tribal elder in Mamund tehsil of "
            "Bajaur on 3 June 2020."
        ),
        [("Mamund", "Violence against civilians", 1)],
    ),
    (
        (
            "A polio worker was killed by unknown assailants in Chaman on 25 April 2019. A second "
            "polio worker was injured."
        ),
        [("Chaman", "Violence against civilians", 1)],
    ),
    (
        (
            "Suspected militants fired three rockets at the Quetta airport on 2 July 2015. No "
            "casualties were reported."
        ),
        [("Quetta", "Explosions/Remote violence", 0)],
    ),
    (
        (
            "A suicide bomber detonated his explosives outside a mosque in Shikarpur, killing five "
            "people and himself."
        ),
        [("Shikarpur", "Explosions/Remote violence", 6)],
    ),
    (
        (
            "Twelve people were killed and 50 others injured when a suicide bomber blew himself up "
            "in a market in Parachinar. The attacker also died."
        ),
        [("Parachinar", "Explosions/Remote violence", 13)],
    ),
    (
        (
            "Three dead bodies were found in the Turbat area of Kech district; they had been shot "
            "in the head."
        ),
        [("Turbat", "Violence against civilians", 3)],
    ),
    (
        "The bullet-riddled body of a Baloch activist was found in Khuzdar.",
        [("Khuzdar", "Violence against civilians", 1)],
    ),
    (
        (
            "Security forces killed five terrorists during an intelligence-based operation in "
            "Kulachi area of D.I. Khan."
        ),
        [("Kulachi", "Battles", 5)],
    ),
    (
        (
            "At least seven people, including two women and three children, were killed when a "
            "roadside bomb hit a passenger van in Kurram."
        ),
        [("Kurram", "Explosions/Remote violence", 7)],
    ),
    (
        ("Police claimed to have killed two TTP commanders in an encounter in Manghopir, Karachi."),
        [("Manghopir", "Battles", 2)],
    ),
    (
        (
            "Levies recovered a kidnapped doctor in Pishin after an exchange of fire. Kidnappers "
            "escaped."
        ),
        [("Pishin", "Battles", 0)],
    ),
    (
        (
            "A Frontier Corps soldier was martyred and two others sustained injuries in a landmine "
            "blast in Sibi district."
        ),
        [("Sibi", "Explosions/Remote violence", 1)],
    ),
    (
        "Two people, a father and his son, were shot dead over an old enmity in Nowshera.",
        [("Nowshera", "Violence against civilians", 2)],
    ),
    (
        "Three policemen embraced martyrdom as militants stormed a police station in Bannu.",
        [("Bannu", "Battles", 3)],
    ),
    (
        "Unknown militants blew up a gas pipeline in Dera Bugti. No loss of life was reported.",
        [("Dera Bugti", "Explosions/Remote violence", 0)],
    ),
    (
        (
            "A minor girl was killed and her mother injured when a mortar shell fired from across "
            "the LoC hit their house in Kotli."
        ),
        [("Kotli", "Explosions/Remote violence", 1)],
    ),
    (
        "A suicide attack on a shrine in Sehwan left two dozen people dead.",
        [("Sehwan", "Explosions/Remote violence", 24)],
    ),
    (
        "Two soldiers lost their lives and four militants were injured in Razmak.",
        [("Razmak", "Battles", 2)],
    ),
    (
        (
            "Eight labourers hailing from Sadiqabad were gunned down in their sleep in Gwadar's "
            "Surbandar."
        ),
        [("Surbandar", "Violence against civilians", 8)],
    ),
    (
        "An Ahmadi trader was killed in a targeted attack in Orangi Town, Karachi.",
        [("Orangi", "Violence against civilians", 1)],
    ),
    (
        (
            "Four persons, including a former councillor, were killed in two separate incidents of "
            "firing in Swabi."
        ),
        [("Swabi", "Violence against civilians", 4)],
    ),
    (
        "A police constable deployed for the security of polio team was shot dead in Bannu.",
        [("Bannu", "Battles", 1)],
    ),
    (
        "As many as nine militants were killed in airstrikes in Shawal.",
        [("Shawal", "Explosions/Remote violence", 9)],
    ),
    (
        (
            "A bomb planted near a girls' school in Mohmand destroyed the building, but no one was "
            "injured."
        ),
        [("Mohmand", "Explosions/Remote violence", 0)],
    ),
    (
        "Three members of a peace committee were killed in a roadside bombing in Matta, Swat.",
        [("Matta", "Explosions/Remote violence", 3)],
    ),
    (
        (
            "Former district nazim Haji Gul was assassinated in Mardan when armed men opened fire "
            "on his vehicle."
        ),
        [("Mardan", "Violence against civilians", 1)],
    ),
    (
        (
            "Clashes between two rival groups left one person dead and five injured in Jamrud. "
            "Another person later succumbed to injuries."
        ),
        [("Jamrud", "Battles", 2)],
    ),
    (
        "Gunmen ambushed a vehicle and killed all five people on board in Kurram.",
        [("Kurram", "Battles", 5)],
    ),
    (
        (
            "Four militants of a banned outfit were killed in a shootout with CTD in Multan; three "
            "managed to escape."
        ),
        [("Multan", "Battles", 4)],
    ),
    (
        "Militants beheaded a man accused of spying for the US in Miranshah.",
        [("Miran Shah", "Violence against civilians", 1)],
    ),
    (
        "The bodies of two abducted Levies men were found near Harnai.",
        [("Harnai", "Violence against civilians", 2)],
    ),
    (
        "US drone strike killed 11 suspected militants in Datta Khel; six others were injured.",
        [("Datta Khel", "Explosions/Remote violence", 11)],
    ),
    (
        (
            "Two militants and a civilian were killed, and three soldiers wounded, in a clash in "
            "Tirah valley."
        ),
        [("Tirah Valley", "Battles", 3)],
    ),
    (
        (
            "IED blast targeting a vehicle of pro-government peace lashkar killed its leader and "
            "five others in Bara."
        ),
        [("Bara", "Explosions/Remote violence", 6)],
    ),
    (
        (
            "Pakistani forces shelled militant hideouts in Orakzai agency; militant casualties "
            "unknown."
        ),
        [("Orakzai", "Explosions/Remote violence", 0)],
    ),
    (
        "One person was killed and 12 hurt when police opened fire on protesters in Ghotki.",
        [("Ghotki", "Protests", 1)],
    ),
    (
        (
            "PESHAWAR: At least three policemen, including an SHO, were martyred and two others "
            "injured when unidentified militants attacked a police check post in Tank district late"
            " on Sunday night."
        ),
        [("Tank", "Battles", 3)],
    ),
    (
        (
            "QUETTA, Pakistan (AP) - A powerful bomb exploded near a vehicle carrying security "
            "forces in southwestern Pakistan on Tuesday, killing at least eight people and wounding"
            " over 20, police and hospital officials said. The attack happened in Quetta, the "
            "capital of Balochistan province. No group immediately claimed responsibility. "
            "Balochistan has been the scene of a long-running insurgency. In January, a suicide "
            "bomber killed 14 people in the province."
        ),
        [("Quetta", "Explosions/Remote violence", 8)],
    ),
    (
        (
            "KARACHI: A man was shot dead and his brother wounded by robbers for putting up "
            "resistance in North Nazimabad on Monday. In another incident, a shopkeeper was killed "
            "in Korangi."
        ),
        [
            ("North Nazimabad", "Violence against civilians", 1),
            ("Korangi", "Violence against civilians", 1),
        ],
    ),
    (
        (
            "Gunmen killed seven barbers in Gwadar on Thursday, police said, in the second such "
            "attack in the port city in a month. The victims hailed from Khanewal in Punjab."
        ),
        [("Gwadar", "Violence against civilians", 7)],
    ),
    (
        (
            "A passenger train derailed after a bomb went off on the railway track near Sibi on "
            "Friday, injuring 11 people."
        ),
        [("Sibi", "Explosions/Remote violence", 0)],
    ),
    (
        (
            "At least 40 people were killed when a passenger bus fell into a ravine in Lasbela "
            "district of Balochistan on Sunday morning. The bus was travelling from Quetta to "
            "Karachi."
        ),
        [("Lasbela", "Accident", 40)],
    ),
    (
        (
            "GILGIT: Nine foreign climbers and their guide were shot dead by gunmen at the base "
            "camp of Nanga Parbat in Diamer district late on Saturday."
        ),
        [("Nanga Parbat", "Violence against civilians", 10)],
    ),
    (
        (
            "Unknown motorcyclists opened fire on a van in Mastung, killing the driver and a "
            "passenger. Levies said the van was going from Quetta to Khuzdar."
        ),
        [("Mastung", "Violence against civilians", 2)],
    ),
    (
        (
            "The Jaffar Express, on its way from Quetta to Peshawar with some 450 passengers, was "
            "attacked in the Bolan Pass near Mach on Tuesday. Militants took hundreds hostage. The "
            "military said on Wednesday that all 33 attackers had been killed; 21 passengers and "
            "four soldiers also died."
        ),
        [("Bolan Pass", "Violence against civilians", 58)],
    ),
    (
        (
            "DERA ISMAIL KHAN: Militants attacked a convoy of security forces travelling from Wana "
            "to Tank on Monday, leaving two soldiers martyred."
        ),
        [("Dera Ismail Khan", "Battles", 2)],
    ),
    (
        (
            "LAHORE: A court in Lahore on Monday sentenced a man to death for killing his wife in "
            "Kasur in 2019."
        ),
        [],
    ),
    (
        (
            "KARACHI: Police claimed on Friday to have arrested four suspects involved in the "
            "killing of a trader in Saddar."
        ),
        [("Karachi", "Strategic developments", 0)],
    ),
    (
        (
            "KURRAM: At least 42 people, including six women, were killed when gunmen attacked a "
            "convoy of passenger vehicles in the Bagan area of Lower Kurram on Thursday."
        ),
        [("Baggan", "Violence against civilians", 42)],
    ),
    (
        (
            "MUZAFFARABAD: Indian troops fired across the Line of Control in the Leepa sector on "
            "Friday, killing a woman and injuring three others, officials said."
        ),
        [("Leepa", "Violence against civilians", 1)],
    ),
    (
        (
            "QUETTA: Unidentified persons blew up an 18-inch diameter gas pipeline near Dasht in "
            "Mastung district on Sunday night."
        ),
        [("Dasht", "Explosions/Remote violence", 0)],
    ),
    (
        (
            "JACOBABAD: Five bogies of the Karachi-bound Sukkur Express jumped the track near "
            "Jacobabad on Wednesday. No casualties were reported."
        ),
        [("Jacobabad", "Accident", 0)],
    ),
    (
        (
            "SWAT: Flash floods triggered by heavy rains swept away nine members of a family in "
            "Fizagat on Friday. Eight bodies have been recovered."
        ),
        [("Fizagat", "Accident", 8)],
    ),
    (
        (
            "QUETTA: Hundreds of people on Thursday blocked the Quetta-Karachi highway at Mastung "
            "against the enforced disappearance of a student."
        ),
        [("Mastung", "Protests", 0)],
    ),
    (
        (
            "TURBAT: A Levies personnel was killed and another injured when their vehicle hit a "
            "landmine in the Buleda area of Kech."
        ),
        [("Buleda", "Explosions/Remote violence", 1)],
    ),
    (
        (
            "BAJAUR: A senior leader of the JUI-F was among 46 people killed when a suicide bomber "
            "struck a workers' convention in Khar on Sunday. More than 100 were hurt."
        ),
        [("Khar", "Explosions/Remote violence", 46)],
    ),
    (
        (
            "PESHAWAR: A man killed his wife and two daughters over a domestic dispute in Badaber "
            "on Tuesday before shooting himself."
        ),
        [("Badaber", "Violence against civilians", 3)],
    ),
    (
        (
            "NORTH WAZIRISTAN: Security forces foiled an infiltration bid and killed 25 khwarij "
            "near Ghulam Khan Kallay along the Pakistan-Afghanistan border on the night between "
            "August 8 and 9."
        ),
        [("Ghulam Khan", "Battles", 25)],
    ),
    (
        (
            "ISLAMABAD: President Zardari condemned the terrorist attack in Mastung and expressed "
            "grief over the loss of precious lives."
        ),
        [],
    ),
    (
        (
            "A roadside bomb killed a tribal elder and his two bodyguards in Mamond, Bajaur tribal "
            "district, on Saturday. A fourth person was wounded."
        ),
        [("Mamund", "Explosions/Remote violence", 3)],
    ),
    (
        (
            "Ten coal miners were kidnapped and later shot dead in the Gishtari area of Mach; their"
            " bodies were found on Sunday."
        ),
        [("Mach", "Violence against civilians", 10)],
    ),
    (
        "The bodies of 11 Hazara miners, abducted a day earlier, were found near Mach on Jan 3.",
        [("Mach", "Violence against civilians", 11)],
    ),
    (
        (
            "Three children drowned and two were rescued when a boat capsized in the Indus near "
            "Rahim Yar Khan."
        ),
        [("Rahim Yar Khan", "Accident", 3)],
    ),
    (
        (
            "The army said it killed 12 militants in Kech on Monday; the group said only two of its"
            " men died."
        ),
        [("Kech", "Battles", 2)],
    ),
    (
        (
            "Eight soldiers were killed in an attack in Panjgur on Monday. A spokesman for the BLA "
            "claimed that 15 soldiers had been killed."
        ),
        [("Panjgur", "Battles", 8)],
    ),
    (
        "The BLA said it had killed 30 soldiers in Nushki.",
        [],
    ),
    (
        "A bomb in Turbat killed two people on Monday. A third died in hospital on Tuesday.",
        [("Turbat", "Explosions/Remote violence", 3)],
    ),
    (
        (
            "Three policemen were shot dead in Bannu. The attackers fled. One of the attackers was "
            "also killed."
        ),
        [("Bannu", "Battles", 4)],
    ),
    (
        (
            "Police in Karachi said they had foiled a plan to bomb a procession and arrested three "
            "men in Lyari."
        ),
        [("Lyari", "Strategic developments", 0)],
    ),
    (
        (
            "Five people were killed and 12 injured when a bus overturned near Khuzdar. Three of "
            "the injured were in critical condition."
        ),
        [("Khuzdar", "Accident", 5)],
    ),
    (
        "Two children drowned in a pond in Jhang on Sunday.",
        [("Jhang Sadr", "Accident", 2)],
    ),
    (
        "A goods train derailed near Sukkur; no one was hurt.",
        [("Sukkur", "Accident", 0)],
    ),
    (
        "A fire at a garment factory in Korangi killed 16 workers.",
        [("Korangi", "Accident", 16)],
    ),
    (
        (
            "The toll from Sunday's bombing in Parachinar has risen to 18 after two of the wounded "
            "died."
        ),
        [("Parachinar", "Explosions/Remote violence", 18)],
    ),
    (
        "Four coal miners suffocated in Harnai when gas filled the mine.",
        [("Harnai", "Accident", 4)],
    ),
    (
        "Gunmen on a motorcycle shot dead a trader and his son in Khuzdar's main bazaar.",
        [("Khuzdar", "Violence against civilians", 2)],
    ),
    (
        "An Islamic scholar was gunned down in Karachi's Gulistan-e-Jauhar on Friday night.",
        [("Gulistan-e-Johar", "Violence against civilians", 1)],
    ),
    (
        "A protest was held in Gwadar against the killing of two fishermen.",
        [("Gwadar", "Protests", 0)],
    ),
    (
        "Unidentified men hurled a hand grenade at a shop in Nushki, injuring the owner.",
        [("Nushki", "Explosions/Remote violence", 0)],
    ),
    (
        (
            "Baloch separatists killed at least 26 passengers after stopping vehicles on a highway "
            "in Musakhail district on Monday."
        ),
        [("Musakhel", "Violence against civilians", 26)],
    ),
    (
        "In the second incident, a tribal elder was killed in Wana.",
        [("Wana", "Violence against civilians", 1)],
    ),
    (
        (
            "Two soldiers were martyred, while three terrorists were sent to hell in North "
            "Waziristan."
        ),
        [("North Waziristan", "Battles", 5)],
    ),
    (
        (
            "The Jaffar Express, on its way from Quetta to Peshawar, was attacked near Mach on "
            "Tuesday."
        ),
        [("Mach", "Violence against civilians", 0)],
    ),
    (
        (
            "The Jaffar Express was attacked in the Bolan Pass near Mach while travelling from "
            "Quetta to Peshawar."
        ),
        [("Bolan Pass", "Violence against civilians", 0)],
    ),
    (
        (
            "ISLAMABAD: The Meteorological Department has forecast heavy rain in Karachi and Thatta"
            " from Monday. Flooding in low-lying areas is feared."
        ),
        [],
    ),
    (
        (
            "PESHAWAR: Police held a mock exercise at the airport on Tuesday in which commandos "
            "stormed a building. Two 'militants' were killed in the drill."
        ),
        [],
    ),
    (
        (
            "LAHORE: An anti-terrorism court on Wednesday awarded death sentences to three men for "
            "the 2019 attack on a shrine in Lahore that killed 11 people."
        ),
        [],
    ),
    (
        (
            "KARACHI: The captain hit three sixes as his team crushed Quetta by six wickets in "
            "Lahore on Friday. His attack on the bowlers in the 18th over killed the contest."
        ),
        [],
    ),
    (
        (
            "QUETTA: The chief minister on Thursday chaired a meeting at which he was told that 214"
            " terrorists had been killed in operations across the province this year."
        ),
        [],
    ),
    (
        (
            "LAHORE: The stock market plunged on Monday as investors fled; the index crashed 2,300 "
            "points."
        ),
        [],
    ),
    (
        (
            "The eighth anniversary of an attack on a school in Peshawar, in which 147 people were "
            "killed, was marked in Quetta on Friday with prayers."
        ),
        [],
    ),
    (
        "The army denied that two soldiers were killed in Wana on Monday.",
        [],
    ),
    (
        "A bomb planted near Mach could have killed dozens, but it did not go off.",
        [("Mach", "Explosions/Remote violence", 0)],
    ),
    (
        "The blast heard in Gwadar on Monday turned out to be a burst tyre, police said.",
        [],
    ),
    (
        "A march will be held in Gwadar next Friday.",
        [],
    ),
    (
        "Militants vowed to kill 20 officials in Bannu.",
        [],
    ),
]


@pytest.mark.parametrize(("text", "expected"), REPORTS)
def test_a_report_tells_where_what_and_how_many(text, expected):
    events = geosec.parse_report(text, published=PUBLISHED).events
    told = zip(events["match_name"], events["event_type"], events["fatalities"], strict=True)
    assert list(told) == expected


@pytest.mark.parametrize("text", [text for text, expected in REPORTS if expected])
def test_the_words_of_a_toll_stand_where_they_are_said_to(text):
    for event in geosec.parse_report(text, published=PUBLISHED).events.itertuples():
        if event.fatalities:
            first, last = (
                event.fatalities_text.split(" … ")[0],
                event.fatalities_text.split(" … ")[-1],
            )
            words = text[event.fatalities_start : event.fatalities_end]
            assert words.startswith(first)
            assert words.endswith(last)
