import { createHash } from "node:crypto";
import type { Locale } from "#app/shops/settings";
import { html, Html } from "./shopper-page.server";
import type { TrackingExtraTexts } from "./tracking-extra-texts";

/**
 * "Tell me when something changes": the one script of the tracking page, and only where the shop uses web push. Without
 * scripts, or where the browser knows no push, the button stays hidden.
 */
const SCRIPT = `(()=>{const b=document.getElementById("push");if(!b||!("serviceWorker"in navigator)||!("PushManager"in window)||Notification.permission==="denied")return;
const s=b.nextElementSibling,d=b.dataset,bytes=k=>Uint8Array.from(atob(k.replace(/-/g,"+").replace(/_/g,"/")),c=>c.charCodeAt(0));
b.hidden=false;b.onclick=async()=>{b.disabled=true;try{await navigator.serviceWorker.register(d.path+"/worker.js");
const w=await navigator.serviceWorker.getRegistration(d.path+"/");if(!w.active)await new Promise(r=>{const i=w.installing||w.waiting;i.onstatechange=()=>i.state==="activated"&&r()});
const p=await w.pushManager.subscribe({userVisibleOnly:true,applicationServerKey:bytes(d.key)});
const a=await fetch(d.path+"/subscribe",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify({t:d.token,locale:d.locale,subscription:p.toJSON()})});
if(!a.ok)throw 0;s.textContent=d.done;b.hidden=true}catch{s.textContent=d.failed;b.disabled=false}}})()`;

const HASH = createHash("sha256").update(SCRIPT).digest("base64");
/** What the page's policy has to allow for it. */
export const PUSH_POLICY = `script-src 'sha256-${HASH}'; connect-src 'self'; worker-src 'self'`;

type PushButton = {
  /** Of the push endpoints on the shop's domain. */
  path: string;
  key: string;
  orderToken: string;
  locale: Locale;
  words: TrackingExtraTexts;
};

export function pushButton({ path, key, orderToken, locale, words }: PushButton): Html {
  return html`<p>
    <button
      id="push"
      type="button"
      hidden
      data-path="${path}"
      data-key="${key}"
      data-token="${orderToken}"
      data-locale="${locale}"
      data-done="${words.pushOn}"
      data-failed="${words.pushFailed}"
    >
      ${words.push}</button
    ><span role="status"></span>
    ${new Html(`<script>${SCRIPT}</script>`)}
  </p>`;
}
