import { hash } from 'node:crypto';

/** Lower-case hex SHA-256 (FIPS 180-4) of bytes, or of a string's UTF-8 bytes. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/**
 * The same with one character (U+0000 to U+00FF) for each of the 32 bytes: what a tree of a million nodes keeps and hashes
 * on costs less to read back than hex digits.
 */
export function binarySha256(text: string): string {
  return hash('sha256', text, 'binary');
}

/** Hashes one fixed byte and two digests of `binarySha256`; one buffer for all calls saves an allocation for each. */
export function binaryPairHasher(prefix: number): (left: string, right: string) => string {
  const input = Buffer.alloc(65, prefix);
  return (left, right) => {
    input.write(left, 1, 'latin1');
    input.write(right, 33, 'latin1');
    return hash('sha256', input, 'binary');
  };
}

/** A digest of `binarySha256` in hex. */
export function hexOfBinary(digest: string): string {
  return Buffer.from(digest, 'latin1').toString('hex');
}

/** A digest in hex (64 digits, unchecked) as `binarySha256` gives it. */
export function binaryOfHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('latin1');
}
