const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An ID as it is stored: a UUID in lower case, because systems differ in how they write one; any other as it was given. */
export function canonicalStoreId(id: string): string {
  return id.length === 36 && uuid.test(id) ? id.toLowerCase() : id;
}

/** Whether files and polls can name a store by this ID: they read some words as an empty field, and refuse negative numbers. */
export function isNameable(id: string): boolean {
  return !/^(?:null|nan|none|-|-\d+)$/i.test(id);
}
