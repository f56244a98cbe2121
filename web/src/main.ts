// Where the client starts: the door, which weighs little, and behind it everything else.
import "@/app/colours.css";
import { takeSetUpToken } from "@/core/setUpToken";
import { openDoor } from "@/door/door";

takeSetUpToken();

const root = document.getElementById("root");
if (root) void openDoor(root, import("@/app/house"));
