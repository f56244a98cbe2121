// A file that is dropped where nothing takes it is not opened by the browser in the place of the page.

export const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

function refuse(event: DragEvent) {
  if (event.defaultPrevented || !event.dataTransfer || !holdsFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
}

export function keepPage() {
  window.addEventListener("dragover", refuse);
  window.addEventListener("drop", refuse);
  return () => {
    window.removeEventListener("dragover", refuse);
    window.removeEventListener("drop", refuse);
  };
}
