/** Next and React alone: what every page of theirs loads. */
export default function EmptyPage() {
  return <p>Nothing here.</p>;
}
