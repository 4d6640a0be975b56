// Customers and their consent.
import { gid, idOf } from "../../store/ids.ts";
import type { Address, Customer, MarketingState, OptInLevel } from "../../store/types.ts";
import { userError, type AdminContext, type Arguments, type Fields } from "../context.ts";
import { searchItems, type SearchFields } from "../search.ts";
import { readableOrders } from "./orders-list.ts";
import { metafieldFields } from "./shop.ts";
import { sortItems } from "./sorting.ts";
import { moneyV2 } from "./values.ts";

export const customerType: Fields<Customer> = {
  id: (customer) => gid("Customer", customer.id),
  legacyResourceId: (customer) => String(customer.id),
  firstName: (customer) => customer.firstName,
  lastName: (customer) => customer.lastName,
  displayName: (customer) => `${customer.firstName} ${customer.lastName}`.trim() || customer.email,
  email: (customer) => customer.email,
  phone: (customer) => customer.phone,
  locale: (customer) => customer.locale,
  note: () => null,
  tags: (customer) => customer.tags,
  state: () => "ENABLED",
  verifiedEmail: () => true,
  validEmailAddress: () => true,
  taxExempt: () => false,
  dataSaleOptOut: () => false,
  numberOfOrders: (customer) => String(customer.numberOfOrders),
  amountSpent: (customer, _, context) => moneyV2(customer.amountSpent, context.store.shop().currency),
  defaultEmailAddress: (customer) => customer,
  defaultPhoneNumber: (customer) =>
    customer.phone === null
      ? null
      : {
          phoneNumber: customer.phone,
          smsMarketingConsent: {
            state: customer.smsMarketing?.state ?? "NOT_SUBSCRIBED",
            optInLevel: customer.smsMarketing?.optInLevel ?? null,
            updatedAt: customer.smsMarketing?.updatedAt ?? null,
          },
        },
  emailMarketingConsent: ({ emailMarketing }) => ({
    marketingState: emailMarketing.state,
    marketingOptInLevel: emailMarketing.optInLevel,
    consentUpdatedAt: emailMarketing.updatedAt,
  }),
  defaultAddress: (customer) => addressSource(customer.id, customer.defaultAddress),
  orders: (customer, args, context) =>
    readableOrders(context.store.customerOrders(customer.id), args, context),
  lastOrder: (customer, _, context) =>
    readableOrders(context.store.customerOrders(customer.id), {}, context)[0] ?? null,
  createdAt: (customer) => customer.createdAt,
  updatedAt: (customer) => customer.updatedAt,
  ...metafieldFields<Customer>("Customer"),
};

export const customerEmailAddressType: Fields<Customer> = {
  emailAddress: (customer) => customer.email,
  marketingState: (customer) => customer.emailMarketing.state,
  marketingOptInLevel: (customer) => customer.emailMarketing.optInLevel,
  marketingUpdatedAt: (customer) => customer.emailMarketing.updatedAt,
  openTrackingLevel: () => "UNKNOWN",
  validFormat: () => true,
};

export type AddressSource = Address & { ownerId: number };

export function addressSource(ownerId: number, address: Address | null): AddressSource | null {
  return address && { ...address, ownerId };
}

export const mailingAddressType: Fields<AddressSource> = {
  id: (address) => `${gid("MailingAddress", address.ownerId)}?model_name=Address`,
  firstName: (address) => address.firstName,
  lastName: (address) => address.lastName,
  name: (address) => `${address.firstName} ${address.lastName}`.trim(),
  company: (address) => address.company ?? null,
  address1: (address) => address.address1,
  address2: (address) => address.address2 ?? null,
  city: (address) => address.city,
  province: (address) => address.province ?? null,
  provinceCode: (address) => address.provinceCode ?? null,
  zip: (address) => address.zip,
  country: (address) => address.country,
  countryCode: (address) => address.countryCode,
  countryCodeV2: (address) => address.countryCode,
  phone: (address) => address.phone ?? null,
  formattedArea: (address) =>
    [address.city, address.provinceCode, address.country].filter(Boolean).join(", "),
};

const SEARCH: SearchFields<Customer> = {
  default: (customer) => [customer.email, customer.firstName, customer.lastName],
  id: (customer) => customer.id,
  email: (customer) => customer.email,
  first_name: (customer) => customer.firstName,
  last_name: (customer) => customer.lastName,
  phone: (customer) => customer.phone,
  tag: (customer) => customer.tags,
  orders_count: (customer) => customer.numberOfOrders,
  created_at: (customer) => customer.createdAt,
  updated_at: (customer) => customer.updatedAt,
  customer_date: (customer) => customer.createdAt,
};

export function findCustomers(_: unknown, args: Arguments, context: AdminContext): Customer[] {
  const found = searchItems(context.store.customers(), args.query, SEARCH, "Customer", context);
  return sortItems(found, args.sortKey ?? "ID", "Customer", context, {
    ID: (customer) => customer.id,
    CREATED_AT: (customer) => customer.createdAt,
    UPDATED_AT: (customer) => customer.updatedAt,
    NAME: (customer) => `${customer.lastName} ${customer.firstName}`,
    RELEVANCE: () => 0,
  });
}

type ConsentInput = {
  customerId: string;
  emailMarketingConsent: {
    marketingState: MarketingState;
    marketingOptInLevel?: OptInLevel;
    consentUpdatedAt?: string;
  };
};

export function updateEmailConsent(_: unknown, args: Arguments, context: AdminContext) {
  const input = args.input as ConsentInput;
  const refuse = (field: string[], message: string) => ({
    customer: null,
    userErrors: [userError("CustomerEmailMarketingConsentUpdateUserError", field, message, "INVALID")],
  });
  const customer = context.store.customer(idOf("Customer", input.customerId) ?? 0);
  if (!customer) return refuse(["input", "customerId"], "Customer not found");
  const { marketingState, marketingOptInLevel, consentUpdatedAt } = input.emailMarketingConsent;
  if (marketingState === "NOT_SUBSCRIBED") {
    return refuse(
      ["input", "emailMarketingConsent", "marketingState"],
      "Cannot specify NOT_SUBSCRIBED as a marketing state input",
    );
  }
  if (consentUpdatedAt && new Date(consentUpdatedAt) > context.clock.now()) {
    return refuse(
      ["input", "emailMarketingConsent", "consentUpdatedAt"],
      "Consent date must not be in the future",
    );
  }
  const updated = context.store.setEmailMarketing(customer.id, {
    state: marketingState,
    optInLevel: marketingOptInLevel ?? "SINGLE_OPT_IN",
    updatedAt: consentUpdatedAt && new Date(consentUpdatedAt).toISOString(),
  });
  return { customer: updated, userErrors: [] };
}

type SmsConsentInput = { customerId: string; smsMarketingConsent: ConsentInput["emailMarketingConsent"] };

export function updateSmsConsent(_: unknown, args: Arguments, context: AdminContext) {
  const input = args.input as SmsConsentInput;
  const refuse = (field: string[], message: string) => ({
    customer: null,
    userErrors: [userError("CustomerSmsMarketingConsentError", field, message, "INVALID")],
  });
  const customer = context.store.customer(idOf("Customer", input.customerId) ?? 0);
  if (!customer) return refuse(["input", "customerId"], "Customer not found");
  if (customer.phone === null) return refuse(["input", "customerId"], "Customer has no phone number");
  const { marketingState, marketingOptInLevel, consentUpdatedAt } = input.smsMarketingConsent;
  const updated = context.store.updateCustomer(customer.id, {
    smsMarketing: {
      state: marketingState,
      optInLevel: marketingOptInLevel ?? "SINGLE_OPT_IN",
      updatedAt: consentUpdatedAt ? new Date(consentUpdatedAt).toISOString() : context.clock.iso(),
    },
  });
  return { customer: updated, userErrors: [] };
}
