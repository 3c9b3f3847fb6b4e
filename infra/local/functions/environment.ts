import { place } from '../template/references.ts';
import type { FunctionPlan } from '../template/plan.ts';

export interface Endpoints {
  /** Where this stack's AWS calls go; the function's id and the service follow. */
  aws: string;
  /** The engine, when calls to it need not pass the runner. */
  dynamodb: string | undefined;
  /** The object storage, when the stack has a bucket. */
  objects?: string | undefined;
  accessKeyId: string;
  secretAccessKey: string;
  path: string;
}

/** The whole environment of one function, as Lambda would give it, with the SDK's own switches to this machine. */
export function environmentOf(
  plan: FunctionPlan,
  endpoints: Endpoints,
  generation: number,
): Record<string, string> {
  const base = `${endpoints.aws}/${plan.id}/${generation}`;
  return {
    PATH: endpoints.path,
    TZ: 'UTC',
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ACCESS_KEY_ID: endpoints.accessKeyId,
    AWS_SECRET_ACCESS_KEY: endpoints.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMegabytes),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    ...plan.variables,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb ?? `${base}/dynamodb`,
    ...(endpoints.objects === undefined ? {} : { AWS_ENDPOINT_URL_S3: endpoints.objects }),
    AWS_ENDPOINT_URL_EVENTBRIDGE: `${base}/eventbridge`,
    AWS_ENDPOINT_URL_SQS: `${base}/sqs`,
    AWS_ENDPOINT_URL_LAMBDA: `${base}/lambda`,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: `${base}/streams`,
    // Every other service ends here with an error: without this the SDK would call the real one.
    AWS_ENDPOINT_URL: `${base}/other`,
  };
}
