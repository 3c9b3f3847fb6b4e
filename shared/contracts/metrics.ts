/** Where the functions' own counts stand in CloudWatch; each has the dimension `service`, the function's name. */
export const METRIC_NAMESPACE = 'Mingchou';

/** Rounds that a run of `beacon` asked for in vain: the count that an alarm watches. */
export const BEACONS_MISSING = 'BeaconsMissing';

/** Deliveries that will not be tried again, or of which nobody can tell whether they arrived: a person has to look at them. */
export const DELIVERIES_STUCK = 'DeliveriesStuck';
