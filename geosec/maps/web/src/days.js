/* Days, counted since 1970-01-01. */

export const NONE = -2147483648; // a day that is not known
