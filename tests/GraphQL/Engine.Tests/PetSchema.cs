using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests;

/// <summary>A small schema with something of everything, for tests that need types but no resolvers.</summary>
public static class PetSchema
{
    public const string Sdl =
        """
        type Query {
          pet(id: ID!): Pet
          pets(take: Int, cursor: ID, filter: PetFilter): PetPage!
          dog(id: ID = "rex"): Dog
          cat: Cat
          animals(take: Int = 5): [Animal!]!
          litters: [[Dog!]!]
          keeper(id: ID!): Keeper
          resident: Resident
          find(by: Finder!, limit: Int! = 3): [Resident!]
          field(arg: String, other: Int): String
          literals(
            int: Int, float: Float, string: String, boolean: Boolean, id: ID, species: Species, date: Date, json: JSON
            ints: [Int], required: [Int!], matrix: [[Int]], many: [PetFilter!], finder: Finder
          ): Boolean
          needs(one: Int!, two: String!, three: Int! = 3): Int
        }

        type Mutation {
          adopt(pet: ID!, by: NewKeeper!): Keeper
          rename(pet: ID!, name: String!): Pet
        }

        type Subscription {
          arrivals(species: Species): Pet
          departures: Pet
        }

        interface Animal {
          name: String
          ancestors: [Animal]
        }

        interface Pet implements Animal {
          name: String
          ancestors: [Animal]
          nickname(in: Language): String
          keeper: Keeper
        }

        type Dog implements Pet & Animal {
          name: String
          ancestors: [Dog]
          nickname(in: Language): String
          keeper: Keeper
          barkVolume: Int
          obeys(command: Command!, at: Int = 0, loudly: Boolean): Boolean!
          noise: String
          tag: Tag
          sound: String
        }

        type Cat implements Pet & Animal {
          name: String
          ancestors: [Cat]
          nickname(in: Language): String
          keeper: Keeper
          meowVolume: Int
          likes(food: String, treats: [String!]): Boolean
          noise: Int
          tag: [Tag]
          sound: String!
        }

        type Bird implements Animal {
          name: String
          ancestors: [Animal]
          wingSpan(unit: Unit = CENTIMETRE): Float
        }

        type Keeper {
          name: String!
          pets(take: Int, species: [Species!]): [Pet!]!
          address: Address
        }

        type Tag {
          number: Int
          text: String
        }

        type Address {
          street: String
          house(floor: Int): String
        }

        type PetPage {
          pets: [Pet!]!
          count: Int!
        }

        union Resident = Dog | Cat | Keeper
        union Flyer = Bird

        enum Species { DOG CAT BIRD }
        enum Command { SIT HEEL DOWN }
        enum Language { ENGLISH GERMAN }
        enum Unit { CENTIMETRE INCH }

        input PetFilter {
          species: Species
          minimumAge: Int = 0
          names: [String!]
          keeper: KeeperFilter
          vaccinated: Boolean!
        }

        input KeeperFilter {
          name: String!
          street: String
        }

        input NewKeeper {
          name: String!
          email: String!
          newsletter: Boolean! = false
        }

        input Finder @oneOf {
          name: String
          number: Int
          keeper: KeeperFilter
        }

        scalar Date
        scalar JSON

        directive @onQuery(note: String) on QUERY
        directive @onMutation on MUTATION
        directive @onSubscription on SUBSCRIPTION
        directive @onField(level: Int! = 1) on FIELD
        directive @onFragment on FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT
        directive @onVariable on VARIABLE_DEFINITION
        directive @label(text: String!) repeatable on QUERY | FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
        """;

    public static Schema Schema { get; } = SdlSchemaBuilder.FromSdl(Sdl);
}
