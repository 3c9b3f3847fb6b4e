/** Where `npm start` listens. */
export const DEFAULT_URL = 'http://127.0.0.1:4510';

/** What the commands take from the environment. The only place of the command line that reads it. */
export const environment = {
  /** Where the installation is. */
  url: nonEmpty(process.env['MINGCHOU_URL']),
  /** An access token to use instead of asking the issuer for one. */
  token: nonEmpty(process.env['MINGCHOU_TOKEN']),
  /** The webhook secret of the source that `trigger send` sends as. */
  webhookSecret: nonEmpty(process.env['MINGCHOU_WEBHOOK_SECRET']),
  /**
   * The folder that file arguments are relative to. npm runs a script in the package's folder and keeps the folder it
   * was called from in INIT_CWD; under any other script of npm that variable is somebody else's.
   */
  folder:
    process.env['npm_lifecycle_event'] === 'mingchou'
      ? (nonEmpty(process.env['INIT_CWD']) ?? process.cwd())
      : process.cwd(),
} as const;

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
