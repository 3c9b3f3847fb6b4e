import type { CliCommand } from './command.ts';
import { DEFAULT_URL } from './environment.ts';

export const CONNECTION_HELP = `
Where the installation is: --url, or MINGCHOU_URL, or .local/connection.json (written by "npm start"), or ${DEFAULT_URL}.`;

export function withUrl(command: CliCommand): CliCommand {
  return command.option('--url <url>', 'address of the installation');
}
