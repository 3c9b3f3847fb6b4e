import { App, type AppProps } from 'aws-cdk-lib';
import { MingchouStack } from './stack.ts';
import type { Stage } from './stage.ts';

/** Synthesizes one stage and gives the folder of its assembly. The bundles must have been made. */
export function synthesize(settings: Stage, props: AppProps = {}): string {
  const app = new App({ analyticsReporting: false, ...props });
  addStack(app, settings);
  return app.synth().directory;
}

/** Adds the stack of a stage to an app; without account and region its template fits any. */
export function addStack(app: App, settings: Stage): MingchouStack {
  const { account, region } = settings;
  return new MingchouStack(app, `mingchou-${settings.name}`, {
    settings,
    env: { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) },
  });
}
