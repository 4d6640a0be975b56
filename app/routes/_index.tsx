import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

/** Shopify opens the app at its root; its pages live under /app. Visitors from elsewhere learn what this is. */
export function loader({ request }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  if (url.searchParams.has("shop")) throw redirect(`/app?${url.searchParams}`);
  return null;
}

export const meta = () => [{ title: "Postlude" }];

export default function Index() {
  return (
    <main
      style={{
        fontFamily: "system-ui, sans-serif",
        maxWidth: "36rem",
        margin: "4rem auto",
        padding: "0 1rem",
      }}
    >
      <h1>Postlude</h1>
      <p>The open-source post-purchase suite for Shopify. Install it from your Shopify admin.</p>
    </main>
  );
}
