/* Settings of an analysis kept under a name.
 *
 * One's own settings follow their owner; a shared one is offered to everybody who may look at settings, and stays its
 * owner's to change. */
#ifndef SALES_INSIGHT_SETTING_H
#define SALES_INSIGHT_SETTING_H

#include "api/route.h"
#include "entity/entity.h"

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/insight/analysis_setting.def"
} AnalysisSetting;

extern const Entity analysis_setting_entity;
extern const Route  setting_routes[];

#endif
