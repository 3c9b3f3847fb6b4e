import { binaryOfHex, binaryPairHasher, binarySha256, hexOfBinary, sha256 } from '#sha256';
import { Refusal } from '#domain/refusal/refusal.ts';

/*
 * The Merkle tree hash of RFC 6962 §2.1. Leaf and node hashes begin with different bytes (0 and 1), so that nobody
 * can pass off an inner node as a leaf and "prove" a line that was never in the pool.
 */

/** SHA-256(0x00 ‖ UTF-8 of the leaf), hex. U+0000 is the single byte 0 in UTF-8, so a string does for the bytes. */
export function leafHash(leaf: string): string {
  return sha256(`\u0000${leaf}`);
}

/** The same, and SHA-256(0x01 ‖ left ‖ right), as binary digests: what the inside of a tree is made of. */
const binaryLeaf = (leaf: string): string => binarySha256(`\u0000${leaf}`);
const binaryNode = binaryPairHasher(1);

/**
 * A tree that takes its leaves in order and keeps one hash for each level: memory O(log n).
 * With `watched` (a leaf's index from 0) it also collects that leaf's audit path on the way.
 */
export class MerkleTree {
  /** At level k the root of a full subtree of 2^k leaves that still waits for its right sibling. */
  readonly #waiting: (string | undefined)[] = [];
  readonly #watched: number;
  readonly #path: string[] = [];
  /** The level at which the subtree with the watched leaf waits; −1 before the leaf was appended. */
  #watchedLevel = -1;
  #size = 0;

  constructor(watched = -1) {
    this.#watched = watched;
  }

  /** Number of leaves so far. */
  get size(): number {
    return this.#size;
  }

  /** Adds the next leaf. */
  append(leaf: string): void {
    let carry = binaryLeaf(leaf);
    let carriesWatched = this.#size === this.#watched;
    let level = 0;
    for (let left = this.#waiting[0]; left !== undefined; left = this.#waiting[level]) {
      if (carriesWatched) {
        this.#path.push(left);
      } else if (this.#watchedLevel === level) {
        this.#path.push(carry);
        carriesWatched = true;
      }
      carry = binaryNode(left, carry);
      this.#waiting[level] = undefined;
      level += 1;
    }
    this.#waiting[level] = carry;
    if (carriesWatched) {
      this.#watchedLevel = level;
    }
    this.#size += 1;
  }

  /** Hex root over the leaves so far; appending may go on afterwards. The root of no leaf is SHA-256 of nothing. */
  root(): string {
    const root = this.#close([]);
    return root === undefined ? sha256('') : hexOfBinary(root);
  }

  /** The watched leaf's audit path, from the leaf upwards. Refuses `leaf-index` when that leaf was not appended. */
  path(): string[] {
    if (this.#watchedLevel < 0) {
      throw new Refusal(
        'leaf-index',
        `There is no leaf ${this.#watched} among ${this.#size}; indexes begin at 0.`,
      );
    }
    const path = [...this.#path];
    this.#close(path);
    return path.map(hexOfBinary);
  }

  /** Joins what waits, lowest level first: exactly RFC 6962's split at the largest power of two below n. */
  #close(path: string[]): string | undefined {
    let joined: string | undefined;
    let holdsWatched = false;
    for (const [level, left] of this.#waiting.entries()) {
      if (left === undefined) {
        continue;
      }
      if (joined === undefined) {
        joined = left;
        holdsWatched = this.#watchedLevel === level;
        continue;
      }
      if (holdsWatched) {
        path.push(left);
      } else if (this.#watchedLevel === level) {
        path.push(joined);
        holdsWatched = true;
      }
      joined = binaryNode(left, joined);
    }
    return joined;
  }
}

/** Hex root of the RFC 6962 §2.1 tree over the leaves in the order given. */
export function merkleRoot(leaves: Iterable<string>): string {
  const tree = new MerkleTree();
  for (const leaf of leaves) {
    tree.append(leaf);
  }
  return tree.root();
}

/** The audit path (RFC 6962 §2.1.1) of the leaf at `index` from 0, from the leaf upwards, hex. Refuses `leaf-index`. */
export function merklePath(leaves: Iterable<string>, index: number): string[] {
  const tree = new MerkleTree(index);
  for (const leaf of leaves) {
    tree.append(leaf);
  }
  return tree.path();
}

/** What a single enterprise needs to check that it was in the pool: its line, where, among how many, and the path. */
export interface Inclusion {
  /** The pool line without line end. */
  readonly leaf: string;
  /** Position in canonical order, from 0. */
  readonly index: number;
  /** Number of leaves of the whole tree. */
  readonly size: number;
  /** Sibling hashes from the leaf upwards, hex. */
  readonly path: readonly string[];
}

/**
 * Whether the path leads from the leaf to the root (RFC 9162 §2.1.3.2, which spells out the check of RFC 6962's path).
 * False for every malformed input; a path too long or too short is false even if some prefix reaches the root.
 */
export function verifyMerklePath(inclusion: Inclusion, root: string): boolean {
  const { leaf, index, size, path } = inclusion;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    return false;
  }
  if (!path.every((hash) => /^[0-9a-f]{64}$/.test(hash))) {
    return false;
  }
  let hash = binaryLeaf(leaf);
  let at = index;
  let last = size - 1;
  for (const sibling of path.map(binaryOfHex)) {
    if (last === 0) {
      return false;
    }
    if (at % 2 === 1 || at === last) {
      hash = binaryNode(sibling, hash);
      // A last node without right sibling rises unchanged until it is somebody's right child.
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = binaryNode(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hexOfBinary(hash) === root;
}
