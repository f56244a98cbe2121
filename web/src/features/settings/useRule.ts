// What the firm has set for its analyses: from which share on one client is a danger, and what a month costs.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import { may, useSession } from "@/api/useSession";

export interface Rule {
  one_limit: string;
  /** Absent for whoever may not know costs. */
  fixed_month?: string | null;
}

const key = ["analysis-rule"];

export function useRule() {
  const open = may(useSession(), "analysis", "view");
  return useQuery({ queryKey: key, queryFn: () => call<Rule>("GET", "/api/analysis_rule"), enabled: open });
}

export function useRuleChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: Record<string, string>) => call<Rule>("PATCH", "/api/analysis_rule", { body: rule }),
    onSuccess: async (rule) => {
      client.setQueryData(key, rule);
      await client.invalidateQueries({ queryKey: ["analysis"] });
    },
  });
}
