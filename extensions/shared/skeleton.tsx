/** Takes the space of the content to come, so that the page does not jump. */
export function Skeleton({ height }: { height: `${number}px` }) {
  return (
    <s-section>
      <s-box minBlockSize={height}>
        <s-skeleton-paragraph />
      </s-box>
    </s-section>
  );
}
