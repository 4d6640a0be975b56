import type { ComponentChildren } from "preact";

type HeldProps = { wide: `${number}px`; narrow: `${number}px`; children: ComponentChildren };

/**
 * Takes the same space for the skeleton and for what follows it, so that the page stays where it is when the content comes.
 * Narrow is up to 500 px.
 */
export function Held({ wide, narrow, children }: HeldProps) {
  return (
    <s-query-container>
      <s-box minBlockSize={`@container (inline-size > 500px) ${wide}, ${narrow}`}>{children}</s-box>
    </s-query-container>
  );
}

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
