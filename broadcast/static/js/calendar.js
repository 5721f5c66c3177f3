// Moves a session in the calendar: with the mouse, with a finger on its handle, with keys.
// Where it is let go the server is asked; its answer, with all that speaks against it, opens in place.
import { carryByKeys } from "./calendar-keys.js";
import { carryByPointer } from "./calendar-pointer.js";
import { ask, answerInPlace } from "./calendar-question.js";

const dialog = document.getElementById("move-dialog");
if (dialog) {
  answerInPlace(dialog);
  for (const board of document.querySelectorAll("[data-board]")) {
    carryByKeys(board, ask);
    carryByPointer(board, ask);
  }
}
