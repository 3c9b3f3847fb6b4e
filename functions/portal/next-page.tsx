/** The link from a list to its next page; nothing on the last one. */
export function NextPage({ list, after }: { readonly list: string; readonly after: string | undefined }) {
  return after === undefined ? null : (
    <p>
      <a href={`${list}?after=${encodeURIComponent(after)}`}>下一页 Next page</a>
    </p>
  );
}
