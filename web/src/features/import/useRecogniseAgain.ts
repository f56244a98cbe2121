// A file read again with what a person said about its form; without a form as it came. `forget`: whatever was said of
// another such file.
import { useMutation } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Form, Recognised } from "@/features/import/types";

export const useRecogniseAgain = (file: number) =>
  useMutation({
    mutationFn: (said: { form?: Form; forget: boolean }) =>
      call<Recognised>("POST", "/api/import/recognise", { body: { file, ...said } }),
  });
