// The kind of an activity as a small picture: how one speaks with whom.
import type { FunctionComponent } from "react";
import Calendar from "icons/IconCalendarEvent.mjs";
import Checkbox from "icons/IconCheckbox.mjs";
import Mail from "icons/IconMail.mjs";
import Walk from "icons/IconMapPin.mjs";
import Message from "icons/IconMessage.mjs";
import Phone from "icons/IconPhone.mjs";
import Users from "icons/IconUsers.mjs";
import UserPlus from "icons/IconUserPlus.mjs";

const icons: Record<string, FunctionComponent<{ size?: number; stroke?: number; "aria-hidden"?: boolean }>> = {
  call: Phone,
  meeting: Users,
  visit: Walk,
  letter: Mail,
  message: Message,
  work: Checkbox,
  session: Calendar,
};

export function ChannelIcon({ channel, size = 18 }: { channel: string | null; size?: number }) {
  const Icon = (channel && icons[channel]) || UserPlus;
  return <Icon size={size} stroke={1.7} aria-hidden />;
}
