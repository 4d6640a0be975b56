// Invented buyers: names, places and languages that fit together. Addresses are in reserved domains.
import type { Address } from "../store/types.ts";
import type { Random } from "./random.ts";

type Region = {
  locale: string;
  country: string;
  countryCode: string;
  weight: number;
  firstNames: string[];
  lastNames: string[];
  cities: [city: string, zip: string, province?: string, provinceCode?: string][];
  street: (number: number) => string;
};

const REGIONS: Region[] = [
  {
    locale: "en",
    country: "United States",
    countryCode: "US",
    weight: 70,
    firstNames: [
      "Ada",
      "Grace",
      "Maya",
      "Owen",
      "Ruth",
      "Theo",
      "Iris",
      "Hugo",
      "Nora",
      "Eli",
      "June",
      "Otis",
      "Pearl",
      "Silas",
      "Wren",
      "Dana",
    ],
    lastNames: [
      "Hart",
      "Bell",
      "Quinn",
      "Marsh",
      "Lowe",
      "Parrish",
      "Sloan",
      "Vance",
      "Whitaker",
      "Nash",
      "Calder",
      "Frost",
      "Oakes",
      "Reyes",
    ],
    cities: [
      ["Portland", "97205", "Oregon", "OR"],
      ["Boston", "02116", "Massachusetts", "MA"],
      ["Austin", "78701", "Texas", "TX"],
      ["Denver", "80202", "Colorado", "CO"],
      ["Seattle", "98101", "Washington", "WA"],
      ["Chicago", "60614", "Illinois", "IL"],
    ],
    street: (number) => `${number} Maple Street`,
  },
  {
    locale: "de",
    country: "Germany",
    countryCode: "DE",
    weight: 12,
    firstNames: ["Anna", "Jonas", "Lena", "Paul", "Mia", "Emil"],
    lastNames: ["Schmidt", "Weber", "Vogel", "Brandt", "Krause"],
    cities: [
      ["Berlin", "10115"],
      ["Hamburg", "20095"],
      ["München", "80331"],
    ],
    street: (number) => `Lindenweg ${number}`,
  },
  {
    locale: "fr",
    country: "France",
    countryCode: "FR",
    weight: 10,
    firstNames: ["Camille", "Louis", "Chloé", "Jules", "Manon"],
    lastNames: ["Moreau", "Lambert", "Girard", "Fontaine", "Roux"],
    cities: [
      ["Lyon", "69002"],
      ["Paris", "75011"],
      ["Nantes", "44000"],
    ],
    street: (number) => `${number} rue des Tilleuls`,
  },
  {
    locale: "es",
    country: "Spain",
    countryCode: "ES",
    weight: 8,
    firstNames: ["Lucía", "Mateo", "Carmen", "Pablo", "Elena"],
    lastNames: ["García", "Navarro", "Molina", "Ortega", "Vidal"],
    cities: [
      ["Madrid", "28004"],
      ["Valencia", "46002"],
      ["Sevilla", "41001"],
    ],
    street: (number) => `Calle del Olmo ${number}`,
  },
];

export type Person = { firstName: string; lastName: string; email: string; locale: string; address: Address };

export function inventPerson(random: Random, serial: number): Person {
  const region = random.weighted(REGIONS, (candidate) => candidate.weight);
  const firstName = random.pick(region.firstNames);
  const lastName = random.pick(region.lastNames);
  const [city, zip, province, provinceCode] = random.pick(region.cities);
  const plain = `${firstName}.${lastName}`
    .normalize("NFD")
    .replace(/[^a-zA-Z.]/g, "")
    .toLowerCase();
  return {
    firstName,
    lastName,
    email: `${plain}.${serial}@example.com`,
    locale: region.locale,
    address: {
      firstName,
      lastName,
      address1: region.street(1 + random.below(180)),
      city,
      province,
      provinceCode,
      zip,
      country: region.country,
      countryCode: region.countryCode,
    },
  };
}
