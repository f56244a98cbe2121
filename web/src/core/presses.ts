// How often a person has pressed a key, a button or the screen: what comes late asks whether he has gone on meanwhile.
let count = 0;
for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, () => count++, { capture: true });

export const presses = () => count;
