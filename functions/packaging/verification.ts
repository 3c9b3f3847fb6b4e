/** How whoever has the package checks it, without this software and without a network. */
export const VERIFICATION = `核验说明 How to verify this package

1. 文件完整性 Integrity of the files
   在解压后的目录中运行 In the unpacked folder, run:
       sha256sum -c SHA256SUMS
   Windows：用 certutil -hashfile 文件名 SHA256 逐个比对 Compare each file with certutil.
   evidence/ 中的文件即现场留存的原始文件 Files in evidence/ are byte for byte those that were taken.

2. 公示信息 Publications
   publications/ 中每个版本的 SHA-256 即账本事件 inspection.published 或 inspection.republished 中的 publicationHash。
   The SHA-256 of each version is the publicationHash of its event in audit/events.json.

3. 账本 Ledger
   audit/events.json 列出每个事件及其账本条目（序号 seq、事件哈希 eventHash、链哈希 hash）。事件哈希是事件的 RFC 8785 规范 JSON 的 SHA-256。
   与公开账本 /public/ledger 中同一序号的条目比对，即可确认事件没有被改动。
   Each event stands with its entry of the ledger; the eventHash is the SHA-256 of the event's RFC 8785 form. Compare it with the
   entry of the same number at /public/ledger. Entry: hash = SHA-256 of the RFC 8785 form of the entry without hash.

4. 随机抽取 Draw
   draws/ 中是抽取证明（*.proof.json）和本对象的入池证明（*.inclusion.json）。在公示网站的“核验”页面选择这两个文件，或者运行
   The proof and the subject's inclusion file are checked on the page /public/verify, which needs no network once it is open, or by:
       mingchou draw inclusion PROOF INCLUSION
   被举报点名检查的对象不经抽取，没有入池证明。 A subject that a report named was in no pool.

5. 档案包本身 The package itself
   本文件包的 SHA-256 记于账本事件 inspection.packaged。
   The SHA-256 of the ZIP is the packageHash of the ledger's event inspection.packaged.
`;
