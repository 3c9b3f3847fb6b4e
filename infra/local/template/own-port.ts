/**
 * A text of the template in which port 0 of this machine, in any URL, stands for the runner's own port: so one assembly
 * serves tests that take any free port.
 */
export function withOwnPort(text: string, port: number): string {
  return text.replaceAll(/(http:\/\/(?:127\.0\.0\.1|localhost)):0(?=[/,]|$)/g, `$1:${port}`);
}
