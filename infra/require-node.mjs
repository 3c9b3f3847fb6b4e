// Plain JavaScript, so that a Node that can't read TypeScript can still say so in one line.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Mingchou needs Node 22.18 or newer (24 is what it is tested with); this is Node ${process.versions.node}.\n`,
  );
  process.exit(1);
}
