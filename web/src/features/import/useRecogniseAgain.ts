// A file read again with what a person said about its form.
import { useMutation } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Form, Recognised } from "@/features/import/types";

export const useRecogniseAgain = (file: number) =>
  useMutation({ mutationFn: (form: Form) => call<Recognised>("POST", "/api/import/recognise", { body: { file, form } }) });
