import { memo, type ComponentType } from "react";

/**
 * A part of a form that is drawn again only where one of its own fields changed, or anything else it is given. A form
 * of Polaris fields takes a weak laptop 100 ms to draw; a keystroke concerns one part of it.
 * @param fields the fields of `value` that the part reads
 */
export function section<Props extends { value: object }>(
  fields: readonly (keyof Props["value"])[],
  Part: ComponentType<Props>,
) {
  return memo(Part, (before, after) => {
    const names = Object.keys({ ...before, ...after }) as (keyof Props)[];
    return (
      names.every((name) => name === "value" || Object.is(before[name], after[name])) &&
      fields.every((field) => Object.is(before.value[field as never], after.value[field as never]))
    );
  });
}
