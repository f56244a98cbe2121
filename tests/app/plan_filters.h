/* Twenty filters as a firm keeps them: segments, lists of a revision of the base, work to be done.  ' stands for ". */
#ifndef TESTS_APP_PLAN_FILTERS_H
#define TESTS_APP_PLAN_FILTERS_H

typedef struct {
    const char *says, *entity, *filter;
} PlanFilter;

static const PlanFilter plan_filters[] = {
    { "nobody is known who decides", "client",
      "{'none':'persons','where':[{'field':'role','op':'is','value':'decides'}]}" },
    { "the card says too little", "client",
      "{'any':[{'none':'phones'},{'none':'addresses'},{'field':'inn','op':'empty'},{'field':'city','op':'empty'}]}" },
    { "nobody has touched it for a year, nor bought", "client",
      "{'all':[{'field':'changed_at','op':'to','value':{'day':'-365'}},{'none':'<sale.client_id','where':["
      "{'field':'day','op':'from','value':{'day':'-365'}}]}]}" },
    { "buys, and no manager who is there has it", "client",
      "{'all':[{'field':'state','op':'is','value':'existing'},{'any':[{'field':'keeper_id','op':'empty'},"
      "{'field':'keeper_id.blocked','op':'is','value':true},{'field':'keeper_id.unit_id','op':'empty'}]}]}" },
    { "a full card", "client",
      "{'all':[{'count':'addresses','op':'from','value':2},{'count':'phones','op':'from','value':3},{'count':'persons',"
      "'op':'from','value':2,'where':[{'count':'person_id.phones','op':'from','value':2}]}]}" },
    { "bought within two years, not within half a year", "client",
      "{'all':[{'some':'<sale.client_id','where':[{'field':'day','op':'from','value':{'day':'-730'}},{'field':'day',"
      "'op':'to','value':{'day':'-181'}}]},{'none':'<sale.client_id','where':[{'field':'day','op':'from','value':"
      "{'day':'-180'}}]}]}" },
    { "written down long ago and never worked", "client",
      "{'all':[{'field':'state','op':'is','value':'potential'},{'field':'created_at','op':'to','value':{'day':'-30'}},"
      "{'none':'<sale.client_id'}]}" },
    { "a million in a year", "client",
      "{'sum':'<sale.client_id.total','where':[{'field':'day','op':'from','value':{'day':'-365'}}],'op':'from','value':"
      "'1000000.00'}" },
    { "class A in three cities, not lost", "client",
      "{'all':[{'field':'abc','op':'is','value':'A'},{'field':'city','op':'in','value':['Омск','Пермь','Уфа']},{'not':"
      "{'field':'status','op':'is','value':'lost'}}]}" },
    { "few purchases that come to much", "client",
      "{'all':[{'count':'<sale.client_id','where':[{'field':'day','op':'from','value':{'day':'year.start'}}],'op':'to',"
      "'value':3},{'sum':'<sale.client_id.total','where':[{'field':'day','op':'from','value':{'day':'year.start'}}],"
      "'op':'from','value':'300000.00'}]}" },
    { "bought much of a group of goods", "client",
      "{'some':'<sale.client_id','where':[{'some':'lines','where':[{'field':'product_id.group_id','op':'under','value':"
      "1},{'field':'amount','op':'from','value':'10000.00'}]}]}" },
    { "bought a group last quarter and not in this", "client",
      "{'all':[{'some':'<sale.client_id','where':[{'field':'day','op':'from','value':{'day':'quarter.start-3 m'}},"
      "{'field':'day','op':'to','value':{'day':'quarter.start-1 d'}},{'some':'lines','where':[{'field':"
      "'product_id.group_id','op':'is','value':1}]}]},{'none':'<sale.client_id','where':[{'field':'day','op':'from',"
      "'value':{'day':'quarter.start'}},{'some':'lines','where':[{'field':'product_id.group_id','op':'is','value':1}]}]"
      "}]}" },
    { "looks like our best clients", "client",
      "{'all':[{'field':'kind','op':'is','value':'organisation'},{'field':'parent_id','op':'empty'},{'some':'persons',"
      "'where':[{'field':'role','op':'is','value':'decides'},{'field':'person_id.email','op':'not_empty'}]},{'count':"
      "'phones','op':'from','value':2},{'field':'source_id.name','op':'is','value':'Выставка'}]}" },
    { "sold by another than the keeper, in my team", "sale",
      "{'all':[{'field':'client_id.keeper_id','op':'in','value':[{'team':1}]},{'field':'seller_id','op':'is_not',"
      "'value':{'field':'client_id.keeper_id'}}]}" },
    { "large returns of a city", "sale",
      "{'all':[{'field':'kind','op':'is','value':'return'},{'field':'total','op':'to','value':'-1000.00'},{'field':"
      "'client_id.city','op':'is','value':'Омск'}]}" },
    { "a line below its cost", "sale",
      "{'some':'lines','where':[{'field':'amount','op':'to','value':{'field':'cost'}}]}" },
    { "who decides at clients that buy", "person",
      "{'some':'<client_person.person_id','where':[{'field':'parent.state','op':'is','value':'existing'},{'field':"
      "'role','op':'in','value':['decides','influences']}]}" },
    { "not sold for ninety days", "product",
      "{'none':'<sale_line.product_id','where':[{'field':'parent.day','op':'from','value':{'day':'-90'}}]}" },
    { "kept by another than the head of its holding", "client",
      "{'all':[{'field':'parent_id','op':'not_empty'},{'field':'keeper_id','op':'is_not','value':{'field':"
      "'parent_id.keeper_id'}}]}" },
    { "a segment on several bases", "client",
      "{'any':[{'all':[{'field':'abc','op':'in','value':['A','B']},{'field':'xyz','op':'is','value':'X'},{'field':"
      "'city','op':'in','value':['Омск','Пермь']},{'field':'kind','op':'is','value':'organisation'},{'field':"
      "'keeper_id.unit_id','op':'not_empty'},{'field':'source_id','op':'not_empty'},{'field':'inn','op':'not_empty'},"
      "{'some':'phones'}]},{'all':[{'field':'state','op':'is','value':'existing'},{'field':'status','op':'in','value':["
      "'new','lost']},{'field':'parent_id.city','op':'is','value':'Омск'},{'field':'city','op':'is_not','value':"
      "'Омск'},{'field':'kpp','op':'not_empty'},{'field':'inn_wrong','op':'is','value':false},{'count':"
      "'<sale.client_id','op':'from','value':5}]},{'all':[{'field':'state','op':'is','value':'reserve'},{'field':"
      "'state_since','op':'to','value':{'day':'-90'}},{'field':'keeper_id','op':'is','value':{'me':1}},{'field':'name',"
      "'op':'starts','value':'ооо'},{'field':'number','op':'not_empty'},{'some':'persons','where':[{'field':'since',"
      "'op':'to','value':{'day':'-365'}},{'field':'until','op':'empty'},{'field':'person_id.birthday','op':'not_empty'"
      "}]}]}]}" },
};

#endif
