// Carrying a record to another place by mouse, finger or keys: a finger rests on it first, Space lifts it and puts it
// down, the arrows go from place to place, Escape takes it back.
import {
  closestCenter,
  type CollisionDetection,
  type DroppableContainer,
  KeyboardSensor,
  type KeyboardCoordinateGetter,
  MouseSensor,
  TouchSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from "@dnd-kit/core";

/** By mouse and finger the place under it, by keys the one the arrows have come to. */
export const aimed: CollisionDetection = (asked) =>
  asked.pointerCoordinates ? pointerWithin(asked) : closestCenter(asked);

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/* The next place in the order in which one reads them. */
const stepped: KeyboardCoordinateGetter = (event, { context }) => {
  const step = steps[event.code];
  const card = context.collisionRect;
  if (!step || !card) return undefined;
  event.preventDefault();
  const open = new Set(context.droppableContainers.getEnabled().map(({ id }: DroppableContainer) => id));
  const places = [...context.droppableRects.entries()]
    .filter(([id]) => open.has(id))
    .sort(([, a], [, b]) => a.top - b.top || a.left - b.left);
  const at = places.findIndex(([id]) => id === context.over?.id);
  const next = places[Math.max(0, Math.min(places.length - 1, at + step))]?.[1];
  return next && { x: next.left + (next.width - card.width) / 2, y: next.top + (next.height - card.height) / 2 };
};

/* A click that ends a carrying opens nothing; a press after it is one of its own, however soon it comes. */
const swallow = (event: Event) => {
  event.preventDefault();
  event.stopPropagation();
};
const AFTER_MS = 80;
const leave = () => {
  window.removeEventListener("click", swallow, true);
  window.removeEventListener("pointerdown", leave, true);
};

export function useCarrying() {
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 260, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: stepped,
      keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] },
    }),
  );
  return {
    sensors,
    begun: () => window.addEventListener("click", swallow, true),
    ended: () => {
      window.addEventListener("pointerdown", leave, true);
      window.setTimeout(leave, AFTER_MS);
    },
  };
}
