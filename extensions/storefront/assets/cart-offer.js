/** Fills <postlude-cart-offer>. Nothing to say: its space stays, or is given back where nobody sees it. No cookies. */
(() => {
  const BUDGET_MS = 800;
  const ACTION_MS = 8000;
  const TRIES = 14;
  const BETWEEN_TRIES_MS = 700;
  /** In the address once the cart has it. */
  const ADDED = "#postlude-added";

  /** @returns JSON, or null if it fails */
  async function ask(url, body) {
    try {
      const response = await fetch(url, {
        method: body ? "POST" : "GET",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        keepalive: true, // heard from who leaves
        signal: AbortSignal.timeout(ACTION_MS),
      });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const numberOf = (gid) => Number(String(gid).split("/").pop());

  /** As in shared/currencies.ts; Intl has fewer for some. Shopify's cart counts in hundredths. */
  const WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
  const FINE = "BHD IQD JOD KWD LYD OMR TND";
  const digitsOf = (currency) => (WHOLE.includes(currency) ? 0 : FINE.includes(currency) ? 3 : 2);
  const toMinor = (hundredths, currency) => Math.round(hundredths * 10 ** (digitsOf(currency) - 2));

  /** Without the shop's word on it: no. */
  async function mayLink() {
    const shopify = window.Shopify;
    if (!shopify) return false;
    if (!shopify.customerPrivacy && shopify.loadFeatures) {
      await new Promise((resolve) => {
        shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], resolve);
        setTimeout(resolve, BUDGET_MS / 2);
      });
    }
    return shopify.customerPrivacy?.analyticsProcessingAllowed?.() === true;
  }

  class CartOffer extends HTMLElement {
    connectedCallback() {
      this.texts = JSON.parse(this.querySelector("script").textContent);
      this.preview = this.dataset.preview !== undefined;
      this.root = this.dataset.root.replace(/\/$/, "");
      this.app = `${this.root}${this.dataset.app}/cart`;
      if (location.hash === ADDED) return this.showAdded();
      void this.fill();
    }

    async fill() {
      const found = await Promise.race([this.decide(), later(BUDGET_MS)]);
      if (!this.isConnected) return;
      if (!found) return this.preview ? this.showWords(this.texts.sample) : this.giveSpaceBack();
      Object.assign(this, found);
      this.showOffer();
      this.tellWhenSeen();
    }

    async decide() {
      const [cart, linked] = await Promise.all([ask(`${this.root}/cart.js`), mayLink()]);
      if (!cart || (cart.items.length === 0 && !this.preview)) return null;
      const { currency } = cart;
      const lines = cart.items.map((item) => ({
        productId: `gid://shopify/Product/${item.product_id}`,
        variantId: `gid://shopify/ProductVariant/${item.variant_id}`,
        quantity: item.quantity,
        amountMinor: toMinor(item.final_line_price, currency),
      }));
      // Without the key: orders know no more.
      const cartToken = cart.token.split("?")[0] || "empty";
      // The checkout knows guests by another token.
      const attributes = { _postlude_cart: cartToken };
      if (cart.attributes?._postlude_cart !== cartToken)
        void ask(`${this.root}/cart/update.js`, { attributes });
      const answer = await ask(`${this.app}/decide`, {
        cartToken,
        locale: this.dataset.locale,
        country: this.dataset.country || undefined,
        currency,
        lines,
        mayLink: linked,
        preview: this.preview || undefined,
      });
      const offer = answer?.placements?.[0];
      if (!offer || cart.items.some((item) => item.product_id === numberOf(offer.productId))) return null;
      // Ours may not go together with another code: then the usual price.
      const atFullPrice = (cart.discount_codes ?? []).length > 0;
      const priceMinor = atFullPrice ? offer.priceMinor : offer.discountedMinor;
      return { decisionId: answer.decisionId, offer, atFullPrice, priceMinor, currency };
    }

    showOffer() {
      const { offer, texts } = this;
      const name = [offer.title, offer.variantTitle].filter(Boolean).join(", ");
      const picture = make("img", "", { src: offer.imageUrl ?? "", alt: "", width: 72, height: 72 });
      const reason = this.reason();
      const words = make("div", "", {}, [
        make("p", "title", {}, [name]),
        ...(reason ? [make("p", "reason", {}, [reason])] : []),
        make("p", "price", {}, this.price()),
      ]);
      this.status = make("p", "status", { role: "status" });
      this.accept = make("button", "", { type: "button" }, [fillIn(texts.accept, { price: this.money() })]);
      this.dismiss = make("button", "", { type: "button" }, [texts.dismiss]);
      this.accept.onclick = () => void this.take();
      this.dismiss.onclick = () => this.decline();
      const parts = [
        make("h2", "heading", {}, [this.dataset.heading || texts.heading]),
        make("div", "product", {}, [offer.imageUrl ? picture : make("span"), words]),
        make("div", "answers", {}, [this.accept, this.dismiss]),
        this.status,
      ];
      this.show(make("div", "card", {}, parts));
    }

    show(part) {
      this.shown?.remove();
      this.append((this.shown = part));
    }

    /** The best one only. */
    reason() {
      const [reason] = this.offer.reasons ?? [];
      const text = reason && this.texts[reason.code.replaceAll("-", "_")];
      return text ? fillIn(text, reason) : "";
    }

    price() {
      const { offer, priceMinor, texts } = this;
      if (priceMinor >= offer.priceMinor) return [this.money()];
      const spoken = (text) => make("span", "spoken", {}, [`${text} `]);
      const usual = make("s", "", {}, [this.money(offer.priceMinor)]);
      return [
        spoken(texts.usual_price),
        usual,
        " ",
        spoken(texts.your_price),
        make("strong", "", {}, [this.money()]),
      ];
    }

    money(minor = this.priceMinor) {
      const { currency, dataset } = this;
      const digits = digitsOf(currency);
      const amount = minor / 10 ** digits;
      const how = { style: "currency", currency, ...(amount % 1 && { minimumFractionDigits: digits }) };
      return amount.toLocaleString(dataset.locale, how);
    }

    async take() {
      if (this.preview) return;
      this.setBusy(true);
      this.status.textContent = this.texts.adding;
      this.tell("click");
      const result = await this.addToCart();
      if (result === "added") {
        history.replaceState(history.state, "", ADDED);
        return location.reload();
      }
      this.status.textContent = this.texts[result];
      if (result === "unreachable") this.setBusy(false);
    }

    /** A second click on a busy button is none. */
    setBusy(isBusy) {
      for (const button of [this.accept, this.dismiss]) button.disabled = isBusy;
    }

    /** Adds one piece at the price shown, or leaves the cart as it was. */
    async addToCart() {
      const { root, decisionId, offer, atFullPrice, priceMinor, currency } = this;
      const taken = await this.askUntilReady({ decisionId, position: offer.position, atFullPrice });
      if (!taken) return "unreachable";
      if (taken.status !== "accepted") return "unavailable";
      const id = numberOf(offer.variantId);
      const added = await ask(`${root}/cart/add.js`, { items: [{ id, quantity: 1 }] });
      if (!added) return "unavailable";
      const update = taken.code ? { discount: taken.code } : {};
      const cart = await ask(`${root}/cart/update.js`, update);
      const line = cart?.items.find((item) => item.variant_id === id);
      if (line && toMinor(line.final_line_price, currency) <= priceMinor) return "added";
      await ask(`${root}/cart/change.js`, { id, quantity: 0 });
      if (taken.code) await ask(`${root}/cart/update.js`, { discount: "" });
      return "unavailable";
    }

    async askUntilReady(request) {
      for (let tried = 0; tried < TRIES; tried += 1) {
        if (tried > 0) await later(BETWEEN_TRIES_MS);
        const answer = await ask(`${this.app}/accept`, request);
        if (!answer || answer.status !== "preparing") return answer;
      }
      return null;
    }

    decline() {
      this.tell("dismissal");
      this.showWords(this.texts.dismissed);
    }

    showAdded() {
      history.replaceState(history.state, "", location.pathname + location.search);
      this.showWords(this.texts.added);
    }

    /** One sentence where the offer was; it takes the focus of the button that is gone. */
    showWords(words) {
      this.show(make("p", "status", { role: "status", tabindex: "-1" }, [words]));
      this.shown.focus({ preventScroll: true });
    }

    tell(outcome) {
      const { decisionId, offer, preview } = this;
      if (preview) return;
      void ask(`${this.app}/outcome`, { decisionId, position: offer.position, outcome });
    }

    tellWhenSeen() {
      const seen = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        this.tell("impression");
      });
      seen.observe(this);
    }

    giveSpaceBack() {
      if (this.getBoundingClientRect().top >= window.innerHeight) this.dataset.state = "given-back";
    }
  }

  function make(tag, name = "", attributes = {}, children = []) {
    const element = document.createElement(tag);
    if (name) element.className = `postlude-cart-offer__${name}`;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
  }

  function fillIn(text, values) {
    return text.replace(/\[(\w+)\]/g, (whole, name) => values[name] ?? whole);
  }

  if (!customElements.get("postlude-cart-offer")) customElements.define("postlude-cart-offer", CartOffer);
})();
