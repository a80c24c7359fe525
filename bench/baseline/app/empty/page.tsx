/** Next and React alone: the scripts that every page loads. */
export default function EmptyPage() {
  return <p>Nothing here.</p>;
}
