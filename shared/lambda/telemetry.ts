import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { FunctionName } from '#contracts/environment.ts';
import { METRIC_NAMESPACE } from '#contracts/metrics.ts';

/** Log lines and metrics of one function. Every line carries the function's name and, once known, the correlation id. */
export interface Telemetry {
  readonly info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, error: unknown, fields?: Readonly<Record<string, unknown>>) => void;
  /** Adds to a count that is sent with the invocation. */
  readonly count: (name: MetricName, value?: number) => void;
  /** From here on, this invocation's lines carry the trigger's id: one search shows a case from webhook to publication. */
  readonly correlate: (correlation: string) => void;
  /** Starts an invocation: the previous one's correlation is gone. */
  readonly begin: (requestId: string) => void;
  /** Sends the invocation's counts. */
  readonly end: () => void;
}

export type MetricName =
  | 'Handled'
  | 'HandledBefore'
  | 'Refused'
  | 'Failed'
  | 'Relayed'
  | 'RelayRejected'
  | 'LedgerEntries'
  | 'BeaconsArrived'
  | 'BeaconsMissing'
  | 'TriggersMerged'
  | 'StatutoryDrawsProposed'
  | 'InspectorsWarned'
  | 'SignalsRecorded'
  | 'DeadlinesMoved'
  | 'DeadlinesReminded'
  | 'DeadlinesOverdue'
  | 'MessagesDelivered'
  | 'DeliveriesRepeated'
  | 'DeliveriesStuck';

export function telemetryOf(name: FunctionName): Telemetry {
  const logger = new Logger({ serviceName: name });
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: name });
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, error, fields = {}) =>
      logger.error(message, { ...fields, error: error instanceof Error ? error : new Error(String(error)) }),
    count: (metric, value = 1) => metrics.addMetric(metric, MetricUnit.Count, value),
    correlate: (correlation) => logger.appendKeys({ correlation }),
    begin: (requestId) => {
      logger.resetKeys();
      logger.appendKeys({ requestId });
    },
    // In a block: middy takes whatever a middleware returns for the answer, and this call returns the metrics.
    end: () => {
      // A run that found nothing to do has nothing to send; the library would warn of it each time.
      if (metrics.hasStoredMetrics()) {
        metrics.publishStoredMetrics();
      }
    },
  };
}
