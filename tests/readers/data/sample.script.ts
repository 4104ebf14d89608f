import type { Incident } from "./types";

/* What is known of a region, by hand. */
export const colours = { attack: "red", talks: 'blue' };

export const incidents: readonly Incident[] = [
  { title: "Pact", date: "19 June 2024", people: ["Russia", "North Korea"], place: { name: 'Pyongyang', lat: 39.03, lon: +125.75 } },
  { 'title': 'Raid', date: new Date(2024, 5, 20), dead: 0x0C, notes: `Two
lines`, },
  // Without a title, and without a date.
  { title: "", date: "2024" },
  { title: "Talks", date: "soon", note: null },
  undefined,
] as const;

export default incidents;
