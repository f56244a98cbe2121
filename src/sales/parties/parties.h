/* The client base: clients with their addresses, phones and persons, the persons themselves, and where clients come
 * from.
 *
 * What is computed about a client from other records (ABC, XYZ, status by purchases, rhythm) never lives in the client:
 * it stands in `client_class`, its dated log `client_class_log`, and `client_bought`, written by insight, so that a
 * night's refresh clashes with nobody. */
#ifndef SALES_PARTIES_PARTIES_H
#define SALES_PARTIES_PARTIES_H

#include "entity/check.h"
#include "entity/entity.h"

#define CLIENT_KINDS(X)                                                                                                \
    X(CLIENT_ORGANISATION, organisation)                                                                               \
    X(CLIENT_ENTREPRENEUR, entrepreneur) X(CLIENT_PERSON, person) X(CLIENT_OUTLET_OWNER, outlet_owner)
#define CLIENT_STATES(X)                                                                                               \
    X(CLIENT_POTENTIAL, potential) X(CLIENT_EXISTING, existing) X(CLIENT_RESERVE, reserve) X(CLIENT_ARCHIVE, archive)
#define ADDRESS_KINDS(X)                                                                                               \
    X(ADDRESS_LEGAL, legal) X(ADDRESS_ACTUAL, actual) X(ADDRESS_DELIVERY, delivery) X(ADDRESS_POST, post)
#define PURCHASE_ROLES(X)                                                                                              \
    X(ROLE_DECIDES, decides) X(ROLE_INFLUENCES, influences) X(ROLE_USES, uses) X(ROLE_BUYS, buys) X(ROLE_OTHER, other)

CHOICE(ClientKind, CLIENT_KIND_NONE, CLIENT_KINDS, client_kinds);
CHOICE(ClientState, CLIENT_STATE_NONE, CLIENT_STATES, client_states);
CHOICE(AddressKind, ADDRESS_KIND_NONE, ADDRESS_KINDS, address_kinds);
CHOICE(PurchaseRole, PURCHASE_ROLE_NONE, PURCHASE_ROLES, purchase_roles);

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/parties/client_address.def"
} ClientAddress;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/parties/client_phone.def"
} ClientPhone;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/parties/client_person.def"
} ClientPerson;

typedef struct {
    Record base;
#define FIELD    AS_MEMBER
#define CHILDREN AS_MEMBERS
#include "sales/parties/client.def"
} Client;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/parties/person_phone.def"
} PersonPhone;

typedef struct {
    Record base;
#define FIELD    AS_MEMBER
#define CHILDREN AS_MEMBERS
#include "sales/parties/person.def"
} Person;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/parties/source.def"
} Source;

extern const Entity client_entity, client_address_entity, client_phone_entity, client_person_entity;
extern const Entity person_entity, person_phone_entity, source_entity;

/* For the list in app/: a client that is removed takes its classes along.  Ends with an empty row. */
extern const Handler parties_handlers[];

/* The same: a client whose ИНН another one has is saved when it is said why.  One out of the actor's sight is only
 * noted, when the client is saved: so whoever tries numbers out leaves a client for each.  Imports are told of those in
 * sight alone. */
extern const Check parties_checks[];

/* The place from 1 of a value of client_class among those of its kind, by which lists are ordered; 0: it is none. */
int client_class_place(Str kind, Str value);

/* ---- requisites ---- */

typedef enum {
    INN_RIGHT,
    INN_LENGTH,   /* 10 digits of an organisation, 12 of a person        */
    INN_DIGITS,   /* the check digits do not fit                          */
    INN_ODD,      /* holds something that is no digit                     */
} InnVerdict;

/* Check digits of the taxpayer's number.  Source: order of the Federal Tax Service MMV-7-6/435@ of 29.06.2012,
 * appendix: weights 2 4 10 3 5 9 4 6 8 for the tenth digit; 7 2 4 10 3 5 9 4 6 8 and 3 7 2 4 10 3 5 9 4 6 8 for the
 * eleventh and twelfth; sum modulo 11 modulo 10. A wrong number is a warning (`inn_wrong`), never a refusal: real bases
 * hold foreign and mistyped ones. */
InnVerdict inn_verdict(Str inn);

/* Digits of a phone for the search: of a Russian number 7 and the last ten, of others all; empty when there are fewer
 * than 5. */
Str phone_digits(Arena *mem, Str typed);

#endif
