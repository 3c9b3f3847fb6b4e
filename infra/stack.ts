import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Consumers } from './capabilities/consumers.ts';
import { Foundation } from './capabilities/foundation.ts';
import { PublicApi } from './capabilities/http-api.ts';
import { Outbox } from './capabilities/outbox.ts';
import { Schedules } from './capabilities/schedules.ts';
import type { Stage } from './stage.ts';

/** One installation of Mingchou. */
export class MingchouStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly settings: Stage }) {
    super(scope, id, { ...props, description: 'Mingchou 明抽: trigger-based double-random supervision' });
    const foundation = new Foundation(this, props.settings);
    const outbox = new Outbox(this, foundation);
    const consumers = new Consumers(this, foundation);
    const schedules = new Schedules(this, foundation);
    new PublicApi(this, foundation, new Map([...outbox.paths, ...consumers.paths, ...schedules.paths]));
  }
}
