// Which lists the firm works by, in groups.
export const workLists = [
  { name: "contacts", entities: ["contact_rhythm", "activity_kind", "aim"] },
  { name: "deals", entities: ["process_version", "stage", "reason"] },
  { name: "requests", entities: ["request_kind"] },
  { name: "watches", entities: ["watch"] },
];
