// A phone as people write it, as an address that dials.
export const dialled = (number: string) => `tel:${number.replace(/[^\d+]/g, "").replace(/^8(?=\d{10}$)/, "+7")}`;
