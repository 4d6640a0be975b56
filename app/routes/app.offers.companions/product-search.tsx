import { useSearchParams } from "@remix-run/react";
import { useState } from "react";
import { Button, TextField } from "#app/ui/polaris";

type ProductSearchProps = { label: string; name: string; words: string };

/** Looks for products by their words; what is looked for stands in the address, so that "back" works. */
export function ProductSearch({ label, name, words }: ProductSearchProps) {
  const [, setParams] = useSearchParams();
  const [text, setText] = useState(words);
  const search = (wanted: string) =>
    setParams(
      (current) => {
        if (wanted.trim()) current.set(name, wanted.trim());
        else current.delete(name);
        return current;
      },
      { preventScrollReset: true },
    );
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(text);
      }}
    >
      <TextField
        label={label}
        placeholder="Words of its title"
        value={text}
        maxLength={100}
        onChange={setText}
        clearButton
        onClearButtonClick={() => {
          setText("");
          search("");
        }}
        autoComplete="off"
        connectedRight={<Button submit>Find</Button>}
      />
    </form>
  );
}
