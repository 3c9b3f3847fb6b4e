/** Where a channel's requests may go. Whoever sets a channel up could otherwise make the functions ask any host there is. */
const OWN_MACHINE: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/** Whether a host is this machine, where nothing needs a certificate and no vendor has to be. */
export function isOwnMachine(host: string): boolean {
  return OWN_MACHINE.has(host);
}

/** Whether an address is one of a vendor's own hosts by https, or one of this machine by http. */
export function isAddressOf(hosts: readonly string[], address: string): boolean {
  return isAllowed(address, (host) => hosts.includes(host));
}

/** Whether an address is that of a named host by https, or one of this machine by http; numbers name no certificate. */
export function isNamedAddress(address: string): boolean {
  return isAllowed(address, (host) => /^(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host));
}

function isAllowed(address: string, isRemote: (host: string) => boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password, hash } = new URL(address);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:'
    ? port === '' && isRemote(hostname)
    : protocol === 'http:' && isOwnMachine(hostname);
}
