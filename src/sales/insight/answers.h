/* The analyses, each one function that answers a request.  The routes stand in insight_routes.c. */
#ifndef SALES_INSIGHT_ANSWERS_H
#define SALES_INSIGHT_ANSWERS_H

#include "api/route.h"

Err answer_abc(Request *r);
Err answer_xyz(Request *r);
Err answer_matrix(Request *r);
Err answer_rfm(Request *r);
Err answer_status(Request *r);
Err answer_falling(Request *r);
Err answer_concentration(Request *r);
Err answer_growth(Request *r);
Err answer_dynamics(Request *r);
Err answer_why(Request *r);
Err answer_misleads(Request *r);
Err answer_findings(Request *r);
Err answer_finding(Request *r);
Err answer_working_base(Request *r);

extern const Route insight_routes[], card_routes[], product_card_routes[];

#endif
