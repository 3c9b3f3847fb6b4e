import { App } from 'aws-cdk-lib';
import { addStack } from './assembly.ts';
import { bundleFunctions } from './bundle.ts';
import { stageOf } from './stage.ts';

/** What the CDK's command line runs: `npx cdk deploy -c stage=prod`. */
await bundleFunctions();
const app = new App({ analyticsReporting: false });
const name: unknown = app.node.tryGetContext('stage') ?? 'dev';
addStack(app, stageOf(app.node.tryGetContext('stages'), String(name)));
app.synth();
