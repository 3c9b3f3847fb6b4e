/** Where the functions' own counts stand in CloudWatch; each has the dimension `service`, the function's name. */
export const METRIC_NAMESPACE = 'Mingchou';

/** Rounds that a run of `beacon` asked for in vain: the count that an alarm watches. */
export const BEACONS_MISSING = 'BeaconsMissing';
