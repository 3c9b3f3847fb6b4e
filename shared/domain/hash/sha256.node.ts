import { hash } from 'node:crypto';

/** Lower-case hex SHA-256 (FIPS 180-4) of bytes, or of a string's UTF-8 bytes. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}
