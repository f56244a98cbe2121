// Giving a person a new password.
import { useMutation } from "@tanstack/react-query";
import { call } from "@/api/http";

export const useSetPassword = (id: number) =>
  useMutation({ mutationFn: (body: { password: string }) => call("POST", `/api/user/${id}/password`, { body }) });
