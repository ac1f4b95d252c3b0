namespace Apc.GraphQL.Language;

/// <summary>The kinds of lexical tokens, and the end of the text.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Language.Source-Text.Lexical-Tokens</remarks>
internal enum TokenKind : byte
{
    StartOfFile,
    EndOfFile,
    Bang,
    Dollar,
    Ampersand,
    ParenthesisLeft,
    ParenthesisRight,
    Spread,
    Colon,
    Equals,
    At,
    BracketLeft,
    BracketRight,
    BraceLeft,
    Pipe,
    BraceRight,
    Name,
    Int,
    Float,
    String,
    BlockString,

    /// <summary>Only in schema coordinates.</summary>
    Dot,
}

/// <summary>One token: its kind and its range in the source (UTF-16 offsets, the end exclusive).</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    public Location Location => new(Start, End);
}

/// <summary>The names of token kinds in messages, as in graphql-js.</summary>
internal static class TokenKinds
{
    public static string Describe(this TokenKind kind) => kind switch
    {
        TokenKind.StartOfFile => "<SOF>",
        TokenKind.EndOfFile => "<EOF>",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Ampersand => "\"&\"",
        TokenKind.ParenthesisLeft => "\"(\"",
        TokenKind.ParenthesisRight => "\")\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.Equals => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.BracketLeft => "\"[\"",
        TokenKind.BracketRight => "\"]\"",
        TokenKind.BraceLeft => "\"{\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.BraceRight => "\"}\"",
        TokenKind.Dot => "\".\"",
        _ => kind.ToString(),
    };
}
