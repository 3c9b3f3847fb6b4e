import { fileURLToPath } from 'node:url';
import { CONNECTION_FILE } from './cli/connection.ts';
import { main } from './local/start.ts';
import { localStage } from './local-stage.ts';
import { laterByWorkingDays, prepare, samplePeople } from './sample/installation.ts';

/** `npm start`: this product's stack on the local runner, with the sample district in a new data folder unless it is to be empty. */
const root = fileURLToPath(new URL('..', import.meta.url));

await main({
  async build() {
    // Loaded here, so that wrong settings are told before the CDK is read.
    const [{ bundleFunctions }, { synthesize }] = await Promise.all([
      import('./bundle.ts'),
      import('./assembly.ts'),
    ]);
    await bundleFunctions();
    return synthesize(localStage(), { outdir: `${root}.local/cdk.out` });
  },
  people: { people: samplePeople() },
  messageDetailType: 'message.posted',
  addWorkingDays: laterByWorkingDays,
  onReady: (runner, start) => prepare(runner, start, `${root}${CONNECTION_FILE}`),
});
