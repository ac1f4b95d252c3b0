namespace Apc.GraphQL.Tests.Language;

/// <summary>One document with every production of the language, and how it is printed.</summary>
internal static class KitchenSink
{
    public const string Text = """"
        # Executable definitions.
        """
        Reads a page of clusters.

          The indentation of this line stays.
        """
        query ClusterPage("Page size" $take: Int! = 25 @internal, $states: [[State!]!] = [[ACTIVE] []] , $like:Like={name:"eu-",deep:{a:null}}) @cached(for: 1.5e2) {
          page: clusters(take: $take, where: {states: $states, like: $like}, text: """ block """, escaped: "\u{1F600} \"\\\/\b\f\n\r\t\u00e9") @include(if: true) @skip(if: false) {
            nodes { id, ...clusterParts @tagged ... on DataPlane @tagged { region } ... @tagged { status } ... { name } }
          }
          count(exact: false, sample: -0.5, at: -0, none: null, empty: {}, list: [])
        }
        mutation { touch(id: "1") { id } }
        subscription OnChange @live { changed { id } }
        { shorthand }
        "What is shown of a cluster" fragment clusterParts on Cluster @tagged { id name: displayName }

        # Definitions of types.
        "The roots" schema @tagged { query: Query mutation: Mutation subscription: Subscription }
        """When something happened""" scalar DateTime @specifiedBy(url: "https://example.com/datetime")
        type Query implements & Node & Named @tagged {
          "By id" cluster("The id" id: ID! = "x" @tagged, deep: [Like!]): Cluster @deprecated(reason: "use clusters")
          plain(a: Int b: Int = 1): [Cluster!]!
        }
        type Empty
        interface Named implements Node @tagged { name: String! }
        interface Bare
        union Thing @tagged = | Cluster | Deployment
        union Nothing
        enum State @tagged { "Answers" ACTIVE INACTIVE @deprecated }
        enum NoState
        input Like @oneOf { "A part of the name" name: String = "a" @tagged, deep: Like }
        input NoInput
        """
        Marks things.
        """
        directive @tagged(
          """
          With what.
          Several lines.
          """
          with: String = "x", and: Int) repeatable on | QUERY | FIELD | FRAGMENT_SPREAD | ENUM_VALUE | INPUT_FIELD_DEFINITION
        directive @internal on VARIABLE_DEFINITION

        # Extensions.
        extend schema @tagged { subscription: Subscription }
        extend schema @tagged
        extend scalar DateTime @tagged
        extend type Query implements Other @tagged { more: Int }
        extend type Query implements Other & Another
        extend interface Named implements Other @tagged { more: Int }
        extend union Thing @tagged = User
        extend enum State @tagged { UNKNOWN }
        extend input Like @tagged { more: Int }
        """";

    public const string Printed = """"
        """
        Reads a page of clusters.

          The indentation of this line stays.
        """
        query ClusterPage(
        "Page size"
        $take: Int! = 25 @internal
        $states: [[State!]!] = [[ACTIVE], []]
        $like: Like = {name: "eu-", deep: {a: null}}
        ) @cached(for: 1.5e2) {
          page: clusters(
            take: $take
            where: {states: $states, like: $like}
            text: """ block """
            escaped: "😀 \"\\/\b\f\n\r\té"
          ) @include(if: true) @skip(if: false) {
            nodes {
              id
              ...clusterParts @tagged
              ... on DataPlane @tagged {
                region
              }
              ... @tagged {
                status
              }
              ... {
                name
              }
            }
          }
          count(exact: false, sample: -0.5, at: -0, none: null, empty: {}, list: [])
        }

        mutation {
          touch(id: "1") {
            id
          }
        }

        subscription OnChange @live {
          changed {
            id
          }
        }

        {
          shorthand
        }

        "What is shown of a cluster"
        fragment clusterParts on Cluster @tagged {
          id
          name: displayName
        }

        "The roots"
        schema @tagged {
          query: Query
          mutation: Mutation
          subscription: Subscription
        }

        """When something happened"""
        scalar DateTime @specifiedBy(url: "https://example.com/datetime")

        type Query implements Node & Named @tagged {
          "By id"
          cluster(
            "The id"
            id: ID! = "x" @tagged
            deep: [Like!]
          ): Cluster @deprecated(reason: "use clusters")
          plain(a: Int, b: Int = 1): [Cluster!]!
        }

        type Empty

        interface Named implements Node @tagged {
          name: String!
        }

        interface Bare

        union Thing @tagged = Cluster | Deployment

        union Nothing

        enum State @tagged {
          "Answers"
          ACTIVE
          INACTIVE @deprecated
        }

        enum NoState

        input Like @oneOf {
          "A part of the name"
          name: String = "a" @tagged
          deep: Like
        }

        input NoInput

        """Marks things."""
        directive @tagged(
          """
          With what.
          Several lines.
          """
          with: String = "x"
          and: Int
        ) repeatable on QUERY | FIELD | FRAGMENT_SPREAD | ENUM_VALUE | INPUT_FIELD_DEFINITION

        directive @internal on VARIABLE_DEFINITION

        extend schema @tagged {
          subscription: Subscription
        }

        extend schema @tagged

        extend scalar DateTime @tagged

        extend type Query implements Other @tagged {
          more: Int
        }

        extend type Query implements Other & Another

        extend interface Named implements Other @tagged {
          more: Int
        }

        extend union Thing @tagged = User

        extend enum State @tagged {
          UNKNOWN
        }

        extend input Like @tagged {
          more: Int
        }
        """";
}
