import { memo, type ReactElement } from "react";

/**
 * A part of a form that is drawn again only where one of its own fields changed, or anything else it is given. A form
 * of Polaris fields takes a weak laptop 100 ms to draw; a keystroke concerns one part of it.
 * @param fields the fields of `value` that the part reads
 */
export function section<Props, Value extends object>(
  Part: (props: Props & { value: Value }) => ReactElement | null,
  fields: readonly (keyof Value)[],
) {
  type All = Props & { value: Value };
  return memo(Part, (before: Readonly<All>, after: Readonly<All>) => {
    const names = Object.keys({ ...before, ...after }) as (keyof All)[];
    return (
      names.every((name) => name === "value" || Object.is(before[name], after[name])) &&
      fields.every((field) => Object.is(before.value[field], after.value[field]))
    );
  });
}
