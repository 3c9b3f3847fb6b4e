import type { Telemetry } from './telemetry.ts';

/** Begins and ends the telemetry of an invocation without an answer; what it throws is counted, logged and thrown on. */
export function invocation(telemetry: Telemetry) {
  return {
    before: ({ context }: { context: { awsRequestId: string } }) => telemetry.begin(context.awsRequestId),
    after: () => telemetry.end(),
    onError: ({ error }: { error: unknown }) => {
      telemetry.count('Failed');
      telemetry.error('invocation failed', error);
      telemetry.end();
    },
  };
}
