import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** The same functions as sha256.node.ts for a reader's browser, where WebCrypto has no synchronous digest. */
export function sha256(data: string | Uint8Array): string {
  return bytesToHex(digest(typeof data === 'string' ? utf8ToBytes(data) : data));
}

export function binarySha256(text: string): string {
  return textOf(digest(utf8ToBytes(text)));
}

export function binaryPairHasher(prefix: number): (left: string, right: string) => string {
  const input = new Uint8Array(65).fill(prefix);
  return (left, right) => {
    write(left, input, 1);
    write(right, input, 33);
    return textOf(digest(input));
  };
}

export function hexOfBinary(binary: string): string {
  const bytes = new Uint8Array(binary.length);
  write(binary, bytes, 0);
  return bytesToHex(bytes);
}

export function binaryOfHex(hex: string): string {
  return textOf(hexToBytes(hex));
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function write(text: string, target: Uint8Array, offset: number): void {
  for (let at = 0; at < text.length; at += 1) {
    target[offset + at] = text.charCodeAt(at);
  }
}
