import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { leafHash, merklePath, merkleRoot, MerkleTree, verifyMerklePath } from '#domain/draw/merkle.ts';

import { reasonOf } from './vectors.ts';

/** RFC 6962 §2.1 as the text has it, recursively; slow and plain. */
function recursiveRoot(leaves: readonly string[]): Buffer {
  const first = leaves[0];
  if (first === undefined) {
    return createHash('sha256').digest();
  }
  if (leaves.length === 1) {
    return createHash('sha256').update(Buffer.of(0)).update(first).digest();
  }
  let split = 1;
  while (split * 2 < leaves.length) {
    split *= 2;
  }
  const hash = createHash('sha256').update(Buffer.of(1));
  return hash
    .update(recursiveRoot(leaves.slice(0, split)))
    .update(recursiveRoot(leaves.slice(split)))
    .digest();
}

const leaves = Array.from({ length: 70 }, (_, index) => `LEAF${index},A`);

describe('the Merkle tree', () => {
  // The leaves and roots that Certificate Transparency implementations test RFC 6962 with.
  const known = ['', '\u0000', '\u0010', ' !', '01', '@ABC', 'PQRSTUVW', '`abcdefghijklmno'];
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('has the known root over %i leaves', (size, root) => {
    expect(merkleRoot(known.slice(0, size))).toBe(root);
  });

  it('has the root of the recursive definition for every size up to 70, also while it grows', () => {
    const tree = new MerkleTree();
    for (const [index, leaf] of leaves.entries()) {
      tree.append(leaf);
      expect(tree.root()).toBe(recursiveRoot(leaves.slice(0, index + 1)).toString('hex'));
      expect(tree.size).toBe(index + 1);
    }
  });

  it('does not take an inner node for a leaf', () => {
    const inner = `${leafHash('a')}${leafHash('b')}`;
    expect(merkleRoot([Buffer.from(inner, 'hex').toString('latin1')])).not.toBe(merkleRoot(['a', 'b']));
  });
});

describe('a Merkle path', () => {
  it('verifies for every leaf of every size up to 70, and for that leaf and place only', () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const pool = leaves.slice(0, size);
      const root = merkleRoot(pool);
      for (const [index, leaf] of pool.entries()) {
        const path = merklePath(pool, index);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(verifyMerklePath({ leaf, index, size, path }, root)).toBe(true);
        expect(verifyMerklePath({ leaf: `${leaf}x`, index, size, path }, root)).toBe(false);
        expect(verifyMerklePath({ leaf, index: (index + 1) % size, size, path }, root)).toBe(size === 1);
        expect(verifyMerklePath({ leaf, index, size, path: [...path, root] }, root)).toBe(false);
        expect(verifyMerklePath({ leaf, index, size, path: path.slice(1) }, root)).toBe(size === 1);
      }
    }
  });

  it('is the path that RFC 6962 §2.1.3 draws for seven leaves', () => {
    const pool = leaves.slice(0, 7);
    const [a, b, c, d] = pool.map(leafHash);
    const h = merkleRoot(pool.slice(2, 4));
    const l = merkleRoot(pool.slice(4, 7));
    expect(merklePath(pool, 0)).toEqual([b, h, l]);
    expect(merklePath(pool, 3)).toEqual([c, merkleRoot(pool.slice(0, 2)), l]);
    expect(merklePath(pool, 4)).toEqual([
      leafHash('LEAF5,A'),
      leafHash('LEAF6,A'),
      merkleRoot(pool.slice(0, 4)),
    ]);
    expect(merklePath(pool, 6)).toEqual([merkleRoot(pool.slice(4, 6)), merkleRoot(pool.slice(0, 4))]);
    expect([a, d]).not.toContain(undefined);
  });

  it('is false for indexes and hashes that can not be', () => {
    const root = merkleRoot(leaves);
    const path = merklePath(leaves, 5);
    for (const [index, size] of [
      [-1, 70],
      [70, 70],
      [5.5, 70],
      [5, Number.NaN],
      [5, 5],
    ] as const) {
      expect(verifyMerklePath({ leaf: 'LEAF5,A', index, size, path }, root)).toBe(false);
    }
    expect(
      verifyMerklePath(
        { leaf: 'LEAF5,A', index: 5, size: 70, path: path.map((hash) => hash.toUpperCase()) },
        root,
      ),
    ).toBe(false);
  });

  it('is refused for a leaf that is not there', () => {
    expect(reasonOf(() => merklePath(leaves, 70))).toBe('leaf-index');
    expect(reasonOf(() => merklePath([], 0))).toBe('leaf-index');
    expect(reasonOf(() => merklePath(leaves, -1))).toBe('leaf-index');
  });
});
