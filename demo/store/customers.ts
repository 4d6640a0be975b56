// Changes to a customer, each announced as Shopify announces it: consent has its own topic.
import type { StoreState } from "./state.ts";
import type { Customer, EmailMarketing } from "./types.ts";

function knownCustomer(state: StoreState, id: number): Customer {
  const customer = state.customers.get(id);
  if (!customer) throw new Error(`There is no customer ${id}.`);
  return customer;
}

export function changeCustomer(state: StoreState, customerId: number, changes: Partial<Customer>): Customer {
  const customer = knownCustomer(state, customerId);
  if (changes.email) {
    state.customerByEmail.delete(customer.email.toLowerCase());
    state.customerByEmail.set(changes.email.toLowerCase(), customer);
  }
  const before = customer.tags;
  Object.assign(customer, changes, { updatedAt: state.clock.iso() });
  state.customers.put(customer);
  state.emit({ topic: "customers/update", customer });
  const added = customer.tags.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !customer.tags.includes(tag));
  if (added.length > 0) state.emit({ topic: "customer.tags_added", customer, tags: added });
  if (removed.length > 0) state.emit({ topic: "customer.tags_removed", customer, tags: removed });
  state.changed();
  return customer;
}

export function setEmailMarketing(
  state: StoreState,
  customerId: number,
  consent: Omit<EmailMarketing, "updatedAt"> & { updatedAt?: string },
): Customer {
  const customer = knownCustomer(state, customerId);
  const now = state.clock.iso();
  customer.emailMarketing = {
    state: consent.state,
    optInLevel: consent.optInLevel,
    updatedAt: consent.updatedAt ?? now,
  };
  customer.updatedAt = now;
  state.customers.put(customer);
  state.emit({ topic: "customers_email_marketing_consent/update", customer });
  state.changed();
  return customer;
}

export function removeCustomer(state: StoreState, customerId: number): void {
  const customer = knownCustomer(state, customerId);
  state.customers.remove(customerId);
  state.emit({ topic: "customers/delete", customer });
  state.changed();
}
